import { readDoor } from "@/lib/auth/guard";
import { readSamplesOfDay } from "@/lib/redis/usage/reads";

export const GET = readDoor(readSamplesOfDay);
