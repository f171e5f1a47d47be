import { readDoor } from "@/lib/auth/doors";
import { readSessionStrip } from "@/lib/redis/sessions/reads";

export const GET = readDoor(readSessionStrip);
