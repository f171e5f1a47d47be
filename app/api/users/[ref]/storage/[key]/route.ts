import { readDoor } from "@/lib/auth/guard";
import { readExactKeySize } from "@/lib/redis/usage/reads";

export const GET = readDoor(readExactKeySize);
