import { readDoor } from "@/lib/auth/doors";
import { readErasureRun } from "@/lib/redis/erasure/reads";

export const GET = readDoor(readErasureRun);
