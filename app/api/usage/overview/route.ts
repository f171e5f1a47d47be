import { readDoor } from "@/lib/auth/guard";
import { readStoreOverview } from "@/lib/redis/usage/reads";

export const GET = readDoor(readStoreOverview);
