import { readDoor } from "@/lib/auth/guard";
import { readIndexesState } from "@/lib/redis/indexes/reads";

export const GET = readDoor(readIndexesState);
