import { readDoor } from "@/lib/auth/doors";
import { readSurveyStatus } from "@/lib/redis/usage/reads";

export const GET = readDoor(readSurveyStatus);
