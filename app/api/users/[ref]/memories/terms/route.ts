import { readDoor } from "@/lib/auth/guard";
import { readTerms } from "@/lib/redis/memories/reads";

export const GET = readDoor(readTerms);
