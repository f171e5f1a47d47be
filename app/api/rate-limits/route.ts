import { readDoor } from "@/lib/auth/doors";
import { readEverybodysRateLimits } from "@/lib/redis/rate-limits/reads";

export const GET = readDoor(readEverybodysRateLimits);
