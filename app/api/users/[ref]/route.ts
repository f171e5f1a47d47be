import { readDoor } from "@/lib/auth/guard";
import { readUserHead } from "@/lib/redis/users/reads";

export const GET = readDoor(readUserHead);
