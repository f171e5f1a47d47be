import { readDoor } from "@/lib/auth/doors";
import { readMySessions } from "@/lib/redis/account/reads";

export const GET = readDoor(readMySessions);
