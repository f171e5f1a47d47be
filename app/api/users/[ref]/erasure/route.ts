import { readDoor } from "@/lib/auth/doors";
import { readErasurePreview } from "@/lib/redis/erasure/reads";

export const GET = readDoor(readErasurePreview);
