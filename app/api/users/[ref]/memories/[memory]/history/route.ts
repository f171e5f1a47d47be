import { readDoor } from "@/lib/auth/doors";
import { readHistory } from "@/lib/redis/memories/reads";

export const GET = readDoor(readHistory);
