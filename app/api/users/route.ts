import { readDoor } from "@/lib/auth/guard";
import { readUsers } from "@/lib/redis/users/reads";

export const GET = readDoor(readUsers);
