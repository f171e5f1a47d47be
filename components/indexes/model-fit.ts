import { formatCount } from "@/lib/format";
import { memoryVector } from "@/lib/redis/indexes/rules";
import type { IndexDto, ModelDto } from "@/lib/redis/indexes/types";

export interface Misfit {
  title: string;
  /** What it means, and the cure. */
  body: string;
}

/** What keeps the console from embedding for this index; null where nothing does. */
export function misfitOf(index: IndexDto, models: readonly ModelDto[]): Misfit | null {
  const dimensions = memoryVector(index.fields)?.vector?.dimensions;
  if (dimensions === undefined) {
    return {
      title: "It has no vector field",
      body: "It finds by words alone. An index with one can be created beside it.",
    };
  }
  const wants = `The index wants ${formatCount(dimensions)} dimensions`;
  const { name, by } = index.model;
  if (by === "none") {
    const gives = models.map((one) => `${one.model} gives ${formatCount(one.dimensions)}`).join(", ");
    return {
      title: `${wants}, ${gives}`,
      body: "Its memories were embedded by another model. Search by words and with a pasted vector works. For search by meaning, configure the model that the assistant uses (EMBEDDINGS_*), or embed everything again with one that is configured.",
    };
  }
  if (index.model.dimensions === null) {
    return {
      title: `Its model ${name} is not configured here`,
      body: "Search by words and with a pasted vector works. For search by meaning, configure it (EMBEDDINGS_* or EMBEDDINGS_NEXT_*), or say that the index belongs to another model.",
    };
  }
  if (index.model.dimensions !== dimensions) {
    return {
      title: `${wants}, ${name} gives ${formatCount(index.model.dimensions)}`,
      body: "What this model embeds, Redis leaves out whole. Set EMBEDDINGS_DIMENSIONS to the index's, say which model the index belongs to, or embed everything again into an index of the right length.",
    };
  }
  return null;
}
