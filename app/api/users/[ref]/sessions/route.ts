import { readDoor } from "@/lib/auth/doors";
import { readSessionList } from "@/lib/redis/sessions/reads";

export const GET = readDoor(readSessionList);
