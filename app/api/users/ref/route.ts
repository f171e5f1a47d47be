import { readDoor } from "@/lib/auth/doors";
import { readTypedUserRef } from "@/lib/redis/users/reads";

export const POST = readDoor(readTypedUserRef);
