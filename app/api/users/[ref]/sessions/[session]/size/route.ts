import { readDoor } from "@/lib/auth/guard";
import { readSessionSize } from "@/lib/redis/sessions/reads";

export const GET = readDoor(readSessionSize);
