import "server-only";
import { z } from "zod";
import { guardedRead } from "../../auth/guard";
import { maskDoctor } from "./mask";
import { readDoctor, readVectorFields } from "./operations";
import { doctorInput } from "./schema";

export const readDoctorState = guardedRead({
  name: "doctor.read",
  permission: "browse",
  input: doctorInput,
  run: ({ store, console }, input) => readDoctor(store, console, input),
  mask: maskDoctor,
});

export const readVectorFieldsState = guardedRead({
  name: "doctor.fields",
  permission: "browse",
  input: z.object({}),
  run: ({ store, console }) => readVectorFields(store, console),
  mask: "impersonal",
});
