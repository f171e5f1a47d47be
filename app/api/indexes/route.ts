import { readDoor } from "@/lib/auth/doors";
import { readIndexesState } from "@/lib/redis/indexes/reads";

export const GET = readDoor(readIndexesState);
