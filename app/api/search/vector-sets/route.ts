import { readDoor } from "@/lib/auth/doors";
import { searchVectorSetsRead } from "@/lib/redis/search/reads";

/** By POST, as the search itself. */
export const POST = readDoor(searchVectorSetsRead);
