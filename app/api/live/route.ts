import { streamDoor } from "@/lib/auth/stream";
import { openLive } from "@/lib/redis/live/reads";

export const GET = streamDoor(openLive);
