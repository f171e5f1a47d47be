/** Two ranked lists into one order. */

/** Reciprocal rank fusion's usual constant (Cormack, Clarke and Büttcher, 2009): how much the first places count. */
const RANK_OFFSET = 60;
/** Measured on long conversations: words twice as heavy as meaning did well. docs/decisions/0003 has the figures. */
const TEXT_WEIGHT = 2;
const VECTOR_WEIGHT = 1;
/** How far down both lists are read before they are joined, where fewer are asked for. */
export const FUSED_DEPTH = 10;

export interface Ranks {
  textRank: number | null;
  vectorRank: number | null;
}

/** Higher is better. */
export function fusedScore({ textRank, vectorRank }: Ranks): number {
  const part = (weight: number, rank: number | null) => (rank === null ? 0 : weight / (RANK_OFFSET + rank));
  return part(TEXT_WEIGHT, textRank) + part(VECTOR_WEIGHT, vectorRank);
}
