/** One memory's vector → what is wrong with it and what would mend it. Pure. */
import { isUtf8 } from "../../bytes";
import { cutText } from "../../embeddings/odd-texts";
import { asDoubles, asText, inspectForm } from "../../embeddings/other-forms";
import { inspectVector, toFloat32LE } from "../../embeddings/vector";
import { contentDigest } from "../memory-vectors";
import type { Cure, Fault, Incurable } from "./faults";

/** What an index demands of a vector. */
export interface VectorTarget {
  /** Field of the hash. */
  field: string;
  dimensions: number;
  /** The index's model; null: not known, so no vector is another's. */
  model: string | null;
  /** Can texts be embedded with it here? */
  canEmbed: boolean;
}

export interface StoredVector {
  /** null: no such field. */
  vector: Buffer | null;
  /** null: no such field, or too long to be read. */
  content: Buffer | null;
  /** From the fields beside the vector; null where there are none. */
  model: string | null;
  digest: string | null;
}

export interface Finding {
  fault: Fault;
  cure: Cure | Incurable;
  /** The mended bytes, for the cures that need no model. */
  mended: Buffer | null;
}

/** @returns null for a healthy vector */
export function findFault(stored: StoredVector, target: VectorTarget): Finding | null {
  const found = formFault(stored.vector, target.dimensions);
  const estranged = strangerFault(stored, target);
  if (found?.mended && estranged === null) return { ...found, cure: found.cure, mended: found.mended };
  const fault = found?.fault ?? estranged;
  return fault === null ? null : { fault, cure: embedCure(stored, target), mended: null };
}

/** Right in form, made by another model or of another text. */
function strangerFault({ content, model, digest }: StoredVector, target: VectorTarget): Fault | null {
  if (model !== null && target.model !== null && model !== target.model) return "other-model";
  if (digest !== null && content !== null && contentDigest(content) !== digest) return "stale";
  return null;
}

export function embedCure(
  { content }: Pick<StoredVector, "content">,
  target: VectorTarget,
): Cure | Incurable {
  if (!hasText(content)) return "no-text";
  return target.canEmbed ? "embed" : "no-model";
}

/** Is there anything that a model could embed? */
export function hasText(content: Buffer | null): content is Buffer {
  return content !== null && isUtf8(content) && cutText(content.toString("utf8")).trim() !== "";
}

interface FormFault {
  fault: Fault;
  cure: Cure;
  mended: Buffer | null;
}

function formFault(vector: Buffer | null, dimensions: number): FormFault | null {
  if (vector === null || vector.length === 0) return { fault: "missing", cure: "embed", mended: null };
  switch (inspectForm(vector, dimensions)) {
    case "ok":
      return null;
    case "text":
      return mendable("text", "parse", toFloat32LE(Float32Array.from(asText(vector)!)), dimensions);
    case "float64":
      return mendable("float64", "narrow", toFloat32LE(Float32Array.from(asDoubles(vector)!)), dimensions);
    case "big-endian":
      return mendable("byte-order", "swap", Buffer.from(vector).swap32(), dimensions);
    case "nan":
      return { fault: "not-finite", cure: "embed", mended: null };
    case "zero-norm":
      return { fault: "zero-norm", cure: "embed", mended: null };
    default:
      return { fault: "wrong-length", cure: "embed", mended: null };
  }
}

/** What comes out must be a vector that the index takes; otherwise only the model can help. */
function mendable(fault: Fault, cure: Cure, mended: Buffer, dimensions: number): FormFault {
  const isRight = inspectVector(mended, dimensions) === "ok";
  return isRight ? { fault, cure, mended } : { fault, cure: "embed", mended: null };
}
