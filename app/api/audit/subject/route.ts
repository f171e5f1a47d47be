import { readDoor } from "@/lib/auth/doors";
import { readAuditSubject } from "@/lib/redis/audit/reads";

/** A typed id is personal: it comes in a body, and stands in no address. */
export const POST = readDoor(readAuditSubject);
