import { downloadDoor } from "@/lib/auth/doors";
import { downloadAudit } from "@/lib/redis/audit/reads";

export const GET = downloadDoor(downloadAudit);
