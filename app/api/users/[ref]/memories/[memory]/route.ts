import { readDoor } from "@/lib/auth/guard";
import { readOneMemory } from "@/lib/redis/memories/reads";

export const GET = readDoor(readOneMemory);
