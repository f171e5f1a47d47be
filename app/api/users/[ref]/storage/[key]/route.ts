import { readDoor } from "@/lib/auth/doors";
import { readExactKeySize } from "@/lib/redis/usage/reads";

export const GET = readDoor(readExactKeySize);
