import { readDoor } from "@/lib/auth/guard";
import { readSessionMessage } from "@/lib/redis/sessions/reads";

export const GET = readDoor(readSessionMessage);
