import { readDoor } from "@/lib/auth/doors";
import { findSessionDate } from "@/lib/redis/sessions/reads";

export const GET = readDoor(findSessionDate);
