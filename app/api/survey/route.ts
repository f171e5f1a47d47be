import { readDoor } from "@/lib/auth/guard";
import { readSurveyStatus } from "@/lib/redis/usage/reads";

export const GET = readDoor(readSurveyStatus);
