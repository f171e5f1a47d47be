import { readDoor } from "@/lib/auth/doors";
import { readRecallSet } from "@/lib/redis/evaluation/reads";

export const GET = readDoor(readRecallSet);
