import { readDoor } from "@/lib/auth/doors";
import { readVectorFieldsState } from "@/lib/redis/vector-doctor/reads";

export const GET = readDoor(readVectorFieldsState);
