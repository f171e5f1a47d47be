import { readDoor } from "@/lib/auth/doors";
import { readStorageOfUser } from "@/lib/redis/usage/reads";

export const GET = readDoor(readStorageOfUser);
