import { readDoor } from "@/lib/auth/doors";
import { readTrimPreview } from "@/lib/redis/sessions/reads";

export const GET = readDoor(readTrimPreview);
