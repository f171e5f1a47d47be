import { readDoor } from "@/lib/auth/doors";
import { readMe } from "@/lib/redis/account/reads";

export const GET = readDoor(readMe);
