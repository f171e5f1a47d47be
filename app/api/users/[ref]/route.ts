import { readDoor } from "@/lib/auth/doors";
import { readUserHead } from "@/lib/redis/users/reads";

export const GET = readDoor(readUserHead);
