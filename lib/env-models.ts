/** Which models turn text into vectors, and which one answers in the playground. */
import { z } from "zod";
import { httpAddress, optionalText, wholeNumber } from "./env-values";

const provider = z.enum(["bundled", "openai"], {
  error: "must be bundled or openai (any OpenAI-compatible endpoint), for example bundled",
});

const EMBEDDINGS_URL = httpAddress("http://127.0.0.1:11434/v1/embeddings");

/** Fields of a memory that already mean something else. */
const TAKEN = /^(user_id|content|importance|timestamp|category|embedding(_model|_dimensions|_digest)?)$/;

export const BUNDLED_MODEL = "universal-sentence-encoder-lite";

export const modelVariables = {
  EMBEDDINGS_PROVIDER: provider.default("bundled"),
  EMBEDDINGS_URL: EMBEDDINGS_URL.optional(),
  EMBEDDINGS_MODEL: optionalText,
  EMBEDDINGS_API_KEY: optionalText,
  EMBEDDINGS_DIMENSIONS: wholeNumber("EMBEDDINGS_DIMENSIONS", 1, 32768, 1536).optional(),
  EMBEDDINGS_NEXT_PROVIDER: provider.optional(),
  EMBEDDINGS_NEXT_URL: EMBEDDINGS_URL.optional(),
  EMBEDDINGS_NEXT_MODEL: optionalText,
  EMBEDDINGS_NEXT_API_KEY: optionalText,
  EMBEDDINGS_NEXT_DIMENSIONS: wholeNumber("EMBEDDINGS_NEXT_DIMENSIONS", 1, 32768, 768).optional(),
  EMBEDDINGS_NEXT_FIELD: z
    .string()
    .regex(
      /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
      "must be a field name of letters, digits and _, for example embedding_next",
    )
    .refine(
      (name) => !TAKEN.test(name),
      "must be a field that holds nothing else, for example embedding_next",
    )
    .default("embedding_next"),
  CHAT_URL: httpAddress("http://127.0.0.1:11434/v1/chat/completions").optional(),
  CHAT_MODEL: optionalText,
  CHAT_API_KEY: optionalText,
};

type Models = z.output<z.ZodObject<typeof modelVariables>>;

/** What must be given together. `wrong` takes a variable's name and the rule it breaks. */
export function checkModels(value: Models, wrong: (name: string, message: string) => void): void {
  for (const name of ["EMBEDDINGS", "EMBEDDINGS_NEXT"] as const) {
    if (value[`${name}_PROVIDER`] !== "openai") continue;
    for (const variable of [`${name}_URL`, `${name}_MODEL`, `${name}_DIMENSIONS`] as const) {
      if (value[variable] === undefined) wrong(variable, `is demanded when ${name}_PROVIDER=openai`);
    }
  }
  const { EMBEDDINGS_NEXT_URL: url, EMBEDDINGS_NEXT_MODEL: model } = value;
  if (value.EMBEDDINGS_NEXT_PROVIDER === undefined && (url ?? model) !== undefined) {
    wrong("EMBEDDINGS_NEXT_PROVIDER", "is demanded with its companions, for example openai");
  }
  // A vector says by its model's name alone where it comes from.
  const next = modelName(value, "EMBEDDINGS_NEXT");
  if (next !== null && next === modelName(value, "EMBEDDINGS")) {
    wrong("EMBEDDINGS_NEXT_MODEL", "must be another model than the first, for example nomic-embed-text");
  }
  if ((value.CHAT_URL === undefined) !== (value.CHAT_MODEL === undefined)) {
    wrong(value.CHAT_URL ? "CHAT_MODEL" : "CHAT_URL", "is demanded: CHAT_URL and CHAT_MODEL go together");
  }
}

function modelName(value: Models, name: "EMBEDDINGS" | "EMBEDDINGS_NEXT"): string | null {
  const provider = value[`${name}_PROVIDER`];
  if (provider === undefined) return null;
  return provider === "bundled" ? BUNDLED_MODEL : (value[`${name}_MODEL`] ?? null);
}
