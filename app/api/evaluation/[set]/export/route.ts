import { downloadDoor } from "@/lib/auth/doors";
import { downloadRecallSet } from "@/lib/redis/evaluation/reads";

export const GET = downloadDoor(downloadRecallSet);
