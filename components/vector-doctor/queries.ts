import { queryOptions } from "@tanstack/react-query";
import { fetchRead } from "@/components/query/fetch-read";
import { whileRunning } from "@/components/query/job-progress";
import type { DoctorDto, VectorFieldsDto } from "@/lib/redis/vector-doctor/types";

export const doctorKeys = {
  all: ["vector-doctor"] as const,
  of: (index: string) => ["vector-doctor", "of", index] as const,
  fields: ["vector-doctor", "fields"] as const,
};

/** What the doctor of an index found and does. Asked again while it works. */
export function doctorQuery(index: string) {
  return queryOptions({
    queryKey: doctorKeys.of(index),
    queryFn: ({ signal }) => fetchRead<DoctorDto>("/api/indexes/doctor", { index }, { signal }),
    refetchInterval: ({ state: { data } }) => {
      const jobs = [data?.check, data?.dryRun, data?.repair, data?.fill];
      return jobs.map(whileRunning).find((often) => often !== false) ?? false;
    },
  });
}

/** The fields that may hold vectors, and which indexes read them. */
export function vectorFieldsQuery() {
  return queryOptions({
    queryKey: doctorKeys.fields,
    queryFn: ({ signal }) => fetchRead<VectorFieldsDto>("/api/indexes/fields", {}, { signal }),
    refetchInterval: ({ state: { data } }) => whileRunning(data?.cleanUp),
  });
}
