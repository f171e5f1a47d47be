import { readDoor } from "@/lib/auth/doors";
import { readMemories } from "@/lib/redis/memories/reads";

export const GET = readDoor(readMemories);
