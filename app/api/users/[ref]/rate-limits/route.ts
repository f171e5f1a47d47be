import { readDoor } from "@/lib/auth/doors";
import { readUserRateLimits } from "@/lib/redis/rate-limits/reads";

export const GET = readDoor(readUserRateLimits);
