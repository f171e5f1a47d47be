import { readDoor } from "@/lib/auth/doors";
import { readDuplicates } from "@/lib/redis/memories/reads";

export const GET = readDoor(readDuplicates);
