import { readDoor } from "@/lib/auth/doors";
import { readTerms } from "@/lib/redis/memories/reads";

export const GET = readDoor(readTerms);
