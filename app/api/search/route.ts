import { readDoor } from "@/lib/auth/doors";
import { readSearchSetup, searchMemoriesRead } from "@/lib/redis/search/reads";

export const GET = readDoor(readSearchSetup);
export const POST = readDoor(searchMemoriesRead);
