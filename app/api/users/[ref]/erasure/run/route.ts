import { readDoor } from "@/lib/auth/guard";
import { readErasureRun } from "@/lib/redis/erasure/reads";

export const GET = readDoor(readErasureRun);
