import { readDoor } from "@/lib/auth/doors";
import { readUsers } from "@/lib/redis/users/reads";

export const GET = readDoor(readUsers);
