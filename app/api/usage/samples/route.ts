import { readDoor } from "@/lib/auth/doors";
import { readSamplesOfDay } from "@/lib/redis/usage/reads";

export const GET = readDoor(readSamplesOfDay);
