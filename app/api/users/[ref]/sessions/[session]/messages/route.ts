import { readDoor } from "@/lib/auth/doors";
import { readSessionMessages } from "@/lib/redis/sessions/reads";

export const GET = readDoor(readSessionMessages);
