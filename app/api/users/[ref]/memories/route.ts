import { readDoor } from "@/lib/auth/guard";
import { readMemories } from "@/lib/redis/memories/reads";

export const GET = readDoor(readMemories);
