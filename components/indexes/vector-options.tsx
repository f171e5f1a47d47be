"use client";

import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { ALGORITHMS, DIMENSIONS_MAX, HNSW, HNSW_NUMBERS, METRICS } from "@/lib/redis/indexes/rules";
import type { useVectorDraft, VectorDraft } from "./vector-draft";

const ALGORITHM_WORDS = { HNSW: "HNSW, a graph: quick, nearly exact", FLAT: "FLAT: every vector, exact" };
const METRIC_WORDS = { COSINE: "cosine", L2: "Euclidean (L2)", IP: "inner product" };
const NUMBER_HINTS = {
  m: "Links of each vector: more find more, and cost memory.",
  efConstruction: "Care while it is built.",
  efRuntime: "Care while it is searched; a query can say otherwise.",
};

/** How vectors are kept in an index. */
export function VectorOptions({ draft, set, problems }: ReturnType<typeof useVectorDraft>) {
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Algorithm">
          <Select
            value={draft.algorithm}
            onChange={(event) => set({ algorithm: event.target.value as VectorDraft["algorithm"] })}
          >
            {ALGORITHMS.map((algorithm) => (
              <option key={algorithm} value={algorithm}>
                {ALGORITHM_WORDS[algorithm]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Distance">
          <Select
            value={draft.metric}
            onChange={(event) => set({ metric: event.target.value as VectorDraft["metric"] })}
          >
            {METRICS.map((metric) => (
              <option key={metric} value={metric}>
                {METRIC_WORDS[metric]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Dimensions" error={problems.dimensions}>
          <Input
            type="number"
            min={1}
            max={DIMENSIONS_MAX}
            value={draft.dimensions}
            onChange={(event) => set({ dimensions: event.target.value })}
          />
        </Field>
        <Field label="Vector field" error={problems.field}>
          <Input
            value={draft.field}
            onChange={(event) => set({ field: event.target.value })}
            className="font-mono"
            spellCheck={false}
          />
        </Field>
      </div>
      {draft.algorithm === "HNSW" ? (
        <div className="grid gap-3 sm:grid-cols-3">
          {HNSW_NUMBERS.map((number) => (
            <Field
              key={number}
              label={<span className="font-mono">{HNSW[number].word}</span>}
              hint={NUMBER_HINTS[number]}
              error={problems[number]}
            >
              <Input
                type="number"
                min={HNSW[number].min}
                max={HNSW[number].max}
                placeholder={`${HNSW[number].usual} (usual)`}
                value={draft[number]}
                onChange={(event) => set({ [number]: event.target.value })}
              />
            </Field>
          ))}
        </div>
      ) : null}
    </div>
  );
}
