import { readDoor } from "@/lib/auth/doors";
import { readMemories } from "@/lib/redis/memories/reads";

/** By POST: the text that is looked for may be personal, and stands in no address. */
export const POST = readDoor(readMemories);
