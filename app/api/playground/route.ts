import { readDoor } from "@/lib/auth/doors";
import { readPlaygroundState } from "@/lib/redis/playground/reads";

export const GET = readDoor(readPlaygroundState);
