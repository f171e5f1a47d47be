/** The index definitions this console makes, for the server that sends them and the page that shows them first. */

/** `same`: as another index is, for one that is built beside it. */
export const INDEX_FORMS = ["tutorial", "safer"] as const;
export type IndexForm = (typeof INDEX_FORMS)[number];
export const REBUILD_FORMS = ["same", "safer"] as const;
export type RebuildForm = (typeof REBUILD_FORMS)[number];

export const ALGORITHMS = ["HNSW", "FLAT"] as const;
export const METRICS = ["COSINE", "L2", "IP"] as const;

export const DIMENSIONS_MAX = 32_768;
export const NAME_MAX_CHARS = 128;
/** Printable ASCII without spaces, as MEMORY_INDEX. */
export const NAME_PATTERN = /^[\x21-\x7e]+$/;
/** A field's name that needs no escaping in a query. */
export const FIELD_PATTERN = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** HNSW's numbers with the engine's own defaults (Redis documentation, vector index) and the bounds this console keeps. */
export const HNSW = {
  m: { word: "M", usual: 16, min: 2, max: 512 },
  efConstruction: { word: "EF_CONSTRUCTION", usual: 200, min: 1, max: 4_096 },
  efRuntime: { word: "EF_RUNTIME", usual: 10, min: 1, max: 4_096 },
} as const;
export type HnswNumber = keyof typeof HNSW;
export const HNSW_NUMBERS = Object.keys(HNSW) as HnswNumber[];

export interface VectorPlan extends Partial<Record<HnswNumber, number>> {
  /** Field of the hash. */
  field: string;
  algorithm: (typeof ALGORITHMS)[number];
  metric: (typeof METRICS)[number];
  dimensions: number;
}

/** Ends a user id in the index; no text of a person holds it. */
const UNIT_SEPARATOR = "\x1f";
const SAFE_USER = ["user_id", "TAG", "SEPARATOR", UNIT_SEPARATOR, "CASESENSITIVE"];

/** Everything between the index's name and its end, as words. */
export interface IndexPlan {
  name: string;
  prefixes: readonly string[];
  filter: string | null;
  /** LANGUAGE, NOOFFSETS … as they stand before SCHEMA. */
  options: readonly string[];
  /** null: the engine's own list. */
  stopWords: readonly string[] | null;
  /** Each field's own words. */
  fields: readonly (readonly string[])[];
}

export function createIndexCommand(plan: IndexPlan): [string, ...string[]] {
  const { name, prefixes, filter, options, stopWords, fields } = plan;
  return [
    "FT.CREATE",
    ...[name, "ON", "HASH", "PREFIX", String(prefixes.length), ...prefixes],
    ...(filter === null ? [] : ["FILTER", filter]),
    ...options,
    ...(stopWords ? ["STOPWORDS", String(stopWords.length), ...stopWords] : []),
    ...["SCHEMA", ...fields.flat()],
  ];
}

export interface FormPlan {
  name: string;
  prefix: string;
  form: IndexForm;
  vector: VectorPlan;
}

/**
 * As the tutorial types it, or the safer form: ids compared in their own case and never split at a comma (by default
 * `Alice` is found under `alice`), and no word left out of the text.
 */
export function planOfForm({ name, prefix, form, vector }: FormPlan): IndexPlan {
  const safer = form === "safer";
  return {
    name,
    prefixes: [prefix],
    filter: null,
    options: [],
    stopWords: safer ? [] : null,
    fields: [
      safer ? SAFE_USER : ["user_id", "TAG"],
      ["content", "TEXT"],
      ["importance", "NUMERIC"],
      ["timestamp", "NUMERIC"],
      vectorWords(vector),
    ],
  };
}

/** The tutorial's vector field for vectors of this length. */
export function usualVector(dimensions: number, field = "embedding"): VectorPlan {
  return { field, algorithm: "HNSW", metric: "COSINE", dimensions };
}

function vectorWords({ field, algorithm, metric, dimensions, ...numbers }: VectorPlan): string[] {
  const pairs = [
    ...["TYPE", "FLOAT32", "DIM", String(dimensions), "DISTANCE_METRIC", metric],
    ...(algorithm === "HNSW" ? HNSW_NUMBERS : []).flatMap((number) =>
      numbers[number] === undefined ? [] : [HNSW[number].word, String(numbers[number])],
    ),
  ];
  return [field, "VECTOR", algorithm, String(pairs.length), ...pairs];
}

/** Of an index that is there, what another like it needs. */
export interface IndexLike {
  prefixes: readonly string[];
  filter: string | null;
  options: readonly string[];
  stopWords: readonly string[] | null;
  fields: readonly FieldLike[];
}

interface FieldLike {
  name: string;
  identifier: string;
  type: string;
  flags: readonly string[];
  options: readonly { name: string; value: string }[];
  vector: { algorithm: string; dataType: string; dimensions: number; metric: string } | null;
}

/**
 * Another index like this one, with the vector field that was chosen in place of its own. What FT.INFO does not tell
 * (PHONETIC, EPSILON, BLOCK_SIZE) is not carried over.
 */
export function planLike(index: IndexLike, form: RebuildForm, name: string, vector: VectorPlan): IndexPlan {
  const replaced = memoryVector(index.fields);
  const safer = form === "safer";
  return {
    name,
    prefixes: index.prefixes,
    filter: index.filter,
    options: index.options,
    stopWords: safer ? [] : index.stopWords,
    fields: index.fields.map((field) => {
      if (field === replaced) return vectorWords(vector);
      return safer && field.identifier === "user_id" && field.type === "TAG" ? SAFE_USER : fieldWords(field);
    }),
  };
}

/** The vector field of a memory index: the tutorial's, else the first. */
export function memoryVector<Field extends FieldLike>(fields: readonly Field[]): Field | undefined {
  const vectors = fields.filter(({ vector }) => vector !== null);
  return vectors.find(({ identifier }) => identifier === "embedding") ?? vectors[0];
}

/** Flags that stand right after a type; those of sorting come last (FT.CREATE, Redis documentation). */
const LAST = ["SORTABLE", "UNF", "NOINDEX"];

function fieldWords({ identifier, name, type, flags, options, vector }: FieldLike): string[] {
  const alias = name === identifier ? [] : ["AS", name];
  if (vector) {
    const { algorithm, dataType, dimensions, metric } = vector;
    const known = options.flatMap((option) => [option.name.toUpperCase(), option.value]);
    const pairs = ["TYPE", dataType, "DIM", String(dimensions), "DISTANCE_METRIC", metric, ...known];
    return [identifier, ...alias, "VECTOR", algorithm, String(pairs.length), ...pairs];
  }
  return [
    ...[identifier, ...alias, type],
    ...options.flatMap((option) => [option.name, option.value]),
    ...flags.filter((flag) => !LAST.includes(flag)),
    ...LAST.filter((flag) => flags.includes(flag)),
  ];
}

/** The vector field as it is, for a form to begin with; null when this console cannot make one like it. */
export function vectorOf(field: FieldLike | undefined): VectorPlan | null {
  if (field?.vector?.dataType !== "FLOAT32") return null;
  const { dimensions } = field.vector;
  const algorithm = ALGORITHMS.find((one) => one === field.vector?.algorithm);
  const metric = METRICS.find((one) => one === field.vector?.metric);
  if (!algorithm || !metric) return null;
  const number = (word: string) => {
    const value = Number(field.options.find(({ name }) => name.toUpperCase() === word)?.value);
    return Number.isInteger(value) && value > 0 ? value : undefined;
  };
  const [m, efConstruction] = [number("M"), number("EF_CONSTRUCTION")];
  return {
    ...{ field: field.identifier, algorithm, metric, dimensions },
    ...(m === undefined ? {} : { m }),
    ...(efConstruction === undefined ? {} : { efConstruction }),
  };
}
