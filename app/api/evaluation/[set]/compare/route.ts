import { readDoor } from "@/lib/auth/doors";
import { readRecallComparison } from "@/lib/redis/evaluation/reads";

export const GET = readDoor(readRecallComparison);
