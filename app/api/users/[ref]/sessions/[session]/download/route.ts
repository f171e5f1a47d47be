import { downloadDoor } from "@/lib/auth/doors";
import { downloadSessionFile } from "@/lib/redis/sessions/reads";

export const GET = downloadDoor(downloadSessionFile);
