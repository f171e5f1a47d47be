import { readDoor } from "@/lib/auth/doors";
import { readConnectionState } from "@/lib/redis/connection/reads";

export const GET = readDoor(readConnectionState);
