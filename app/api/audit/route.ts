import { readDoor } from "@/lib/auth/doors";
import { readAuditEntries } from "@/lib/redis/audit/reads";

export const GET = readDoor(readAuditEntries);
