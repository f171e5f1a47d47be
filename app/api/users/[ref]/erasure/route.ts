import { readDoor } from "@/lib/auth/guard";
import { readErasurePreview } from "@/lib/redis/erasure/reads";

export const GET = readDoor(readErasurePreview);
