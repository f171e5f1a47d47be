import { readDoor } from "@/lib/auth/doors";
import { readUsers } from "@/lib/redis/users/reads";

/** What is looked for may be personal: it comes in a body, and stands in no address. */
export const POST = readDoor(readUsers);
