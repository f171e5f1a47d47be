import { readDoor } from "@/lib/auth/guard";
import { readStoreUsage } from "@/lib/redis/usage/reads";

export const GET = readDoor(readStoreUsage);
