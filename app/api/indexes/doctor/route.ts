import { readDoor } from "@/lib/auth/doors";
import { readDoctorState } from "@/lib/redis/vector-doctor/reads";

export const GET = readDoor(readDoctorState);
