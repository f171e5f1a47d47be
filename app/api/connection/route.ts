import { readDoor } from "@/lib/auth/guard";
import { readConnectionState } from "@/lib/redis/connection/reads";

export const GET = readDoor(readConnectionState);
