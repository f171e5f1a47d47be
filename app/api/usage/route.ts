import { readDoor } from "@/lib/auth/doors";
import { readStoreUsage } from "@/lib/redis/usage/reads";

export const GET = readDoor(readStoreUsage);
