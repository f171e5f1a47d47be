import { readDoor } from "@/lib/auth/guard";
import { readSessionList } from "@/lib/redis/sessions/reads";

export const GET = readDoor(readSessionList);
