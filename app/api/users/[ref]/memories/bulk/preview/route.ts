import { readDoor } from "@/lib/auth/doors";
import { readBulkPreview } from "@/lib/redis/memories/reads";

export const POST = readDoor(readBulkPreview);
