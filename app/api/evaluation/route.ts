import { readDoor } from "@/lib/auth/doors";
import { readRecallSets } from "@/lib/redis/evaluation/reads";

export const GET = readDoor(readRecallSets);
