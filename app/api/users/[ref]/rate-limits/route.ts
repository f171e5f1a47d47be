import { readDoor } from "@/lib/auth/guard";
import { readUserRateLimits } from "@/lib/redis/rate-limits/reads";

export const GET = readDoor(readUserRateLimits);
