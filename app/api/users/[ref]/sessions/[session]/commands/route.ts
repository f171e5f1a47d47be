import { readDoor } from "@/lib/auth/doors";
import { readSessionCommands } from "@/lib/redis/sessions/reads";

export const GET = readDoor(readSessionCommands);
