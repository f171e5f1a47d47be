import { readDoor } from "@/lib/auth/guard";
import { readChanges } from "@/lib/redis/usage/reads";

export const GET = readDoor(readChanges);
