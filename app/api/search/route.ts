import { readDoor } from "@/lib/auth/guard";
import { readSearchSetup } from "@/lib/redis/search/reads";

export const GET = readDoor(readSearchSetup);
