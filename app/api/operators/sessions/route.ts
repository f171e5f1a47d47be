import { readDoor } from "@/lib/auth/doors";
import { readOperatorSessions } from "@/lib/redis/operators/reads";

export const GET = readDoor(readOperatorSessions);
