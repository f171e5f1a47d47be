import { readDoor } from "@/lib/auth/doors";
import { readOneMemory } from "@/lib/redis/memories/reads";

export const GET = readDoor(readOneMemory);
