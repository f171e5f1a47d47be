import { readDoor } from "@/lib/auth/doors";
import { readOperatorRows } from "@/lib/redis/operators/reads";

export const GET = readDoor(readOperatorRows);
