import { readDoor } from "@/lib/auth/doors";
import { readUsers } from "@/lib/redis/users/reads";

/** By POST: what is looked for may be somebody's id, and stands in no address. */
export const POST = readDoor(readUsers);
