import { readDoor } from "@/lib/auth/doors";
import { locateSessionMessage } from "@/lib/redis/sessions/reads";

export const GET = readDoor(locateSessionMessage);
