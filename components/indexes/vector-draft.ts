"use client";

import { useState } from "react";
import {
  ALGORITHMS,
  DIMENSIONS_MAX,
  FIELD_PATTERN,
  HNSW,
  HNSW_NUMBERS,
  type HnswNumber,
  METRICS,
  type VectorPlan,
} from "@/lib/redis/indexes/rules";

/** A vector field while it is typed: numbers are text until they are right. */
export type VectorDraft = Record<HnswNumber, string> & {
  field: string;
  algorithm: VectorPlan["algorithm"];
  metric: VectorPlan["metric"];
  dimensions: string;
};

export type VectorProblems = Partial<Record<keyof VectorDraft, string>>;

export function useVectorDraft(first: VectorPlan) {
  const [draft, setDraft] = useState<VectorDraft>(() => ({
    field: first.field,
    algorithm: first.algorithm,
    metric: first.metric,
    dimensions: String(first.dimensions),
    m: String(first.m ?? ""),
    efConstruction: String(first.efConstruction ?? ""),
    efRuntime: String(first.efRuntime ?? ""),
  }));
  const problems = problemsOf(draft);
  return {
    draft,
    set: (changes: Partial<VectorDraft>) => setDraft((before) => ({ ...before, ...changes })),
    problems,
    isRight: Object.keys(problems).length === 0,
    /** What is right so far; wrong numbers are left out. */
    plan: planOf(draft, problems),
  };
}

function wholeProblem(text: string, min: number, max: number): string | undefined {
  const isRight = /^\d{1,6}$/.test(text) && Number(text) >= min && Number(text) <= max;
  return isRight ? undefined : `Must be a whole number from ${min} to ${max}.`;
}

function problemsOf(draft: VectorDraft): VectorProblems {
  const found: VectorProblems = {
    dimensions: wholeProblem(draft.dimensions, 1, DIMENSIONS_MAX),
    field: FIELD_PATTERN.test(draft.field) ? undefined : "Must be a plain name: letters, digits, _.",
  };
  for (const number of draft.algorithm === "HNSW" ? HNSW_NUMBERS : []) {
    if (draft[number] !== "") found[number] = wholeProblem(draft[number], HNSW[number].min, HNSW[number].max);
  }
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined));
}

function planOf(draft: VectorDraft, problems: VectorProblems): VectorPlan {
  const numbers = HNSW_NUMBERS.filter(
    (number) => draft.algorithm === "HNSW" && draft[number] !== "" && !problems[number],
  ).map((number) => [number, Number(draft[number])] as const);
  return {
    field: draft.field,
    algorithm: ALGORITHMS.find((one) => one === draft.algorithm) ?? "HNSW",
    metric: METRICS.find((one) => one === draft.metric) ?? "COSINE",
    dimensions: Number(draft.dimensions),
    ...Object.fromEntries(numbers),
  };
}
