import { readDoor } from "@/lib/auth/doors";
import { readChanges } from "@/lib/redis/usage/reads";

export const GET = readDoor(readChanges);
