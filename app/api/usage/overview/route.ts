import { readDoor } from "@/lib/auth/doors";
import { readStoreOverview } from "@/lib/redis/usage/reads";

export const GET = readDoor(readStoreOverview);
