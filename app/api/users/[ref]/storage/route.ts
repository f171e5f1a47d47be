import { readDoor } from "@/lib/auth/guard";
import { readStorageOfUser } from "@/lib/redis/usage/reads";

export const GET = readDoor(readStorageOfUser);
