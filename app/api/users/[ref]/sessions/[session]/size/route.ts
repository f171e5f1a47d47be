import { readDoor } from "@/lib/auth/doors";
import { readSessionSize } from "@/lib/redis/sessions/reads";

export const GET = readDoor(readSessionSize);
