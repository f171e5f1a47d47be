import { readDoor } from "@/lib/auth/doors";
import { readAuditExportPlan } from "@/lib/redis/audit/reads";

export const GET = readDoor(readAuditExportPlan);
