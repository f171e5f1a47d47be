import { readDoor } from "@/lib/auth/doors";
import { readSearchSetup } from "@/lib/redis/search/reads";

export const GET = readDoor(readSearchSetup);
