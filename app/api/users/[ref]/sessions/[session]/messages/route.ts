import { readDoor } from "@/lib/auth/guard";
import { readSessionMessages } from "@/lib/redis/sessions/reads";

export const GET = readDoor(readSessionMessages);
