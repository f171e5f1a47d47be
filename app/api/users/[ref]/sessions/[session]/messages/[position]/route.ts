import { readDoor } from "@/lib/auth/doors";
import { readSessionMessage } from "@/lib/redis/sessions/reads";

export const GET = readDoor(readSessionMessage);
