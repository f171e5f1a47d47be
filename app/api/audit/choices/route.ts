import { readDoor } from "@/lib/auth/doors";
import { readAuditChoices } from "@/lib/redis/audit/reads";

export const GET = readDoor(readAuditChoices);
