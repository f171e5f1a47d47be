import { readDoor } from "@/lib/auth/doors";
import { readBulkState } from "@/lib/redis/memories/reads";

export const GET = readDoor(readBulkState);
