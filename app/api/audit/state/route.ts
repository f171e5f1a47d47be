import { readDoor } from "@/lib/auth/doors";
import { readAuditChainState } from "@/lib/redis/audit/reads";

export const GET = readDoor(readAuditChainState);
