import { readDoor } from "@/lib/auth/doors";
import { findSessionMessages } from "@/lib/redis/sessions/reads";

export const POST = readDoor(findSessionMessages);
