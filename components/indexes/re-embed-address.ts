/** Where the page about a second model is in its work; names of indexes and models are nobody's. */
export interface ReEmbedPlace {
  /** The index that is used now. */
  from: string;
  model: string | null;
  /** The index for the other model. */
  to: string | null;
}

export function reEmbedHref({ from, model, to }: ReEmbedPlace): string {
  const parameters = new URLSearchParams({ from });
  if (model !== null) parameters.set("model", model);
  if (to !== null) parameters.set("to", to);
  return `/indexes/re-embed?${parameters}`;
}

export function reEmbedPlace(parameters: Record<string, string | string[] | undefined>): ReEmbedPlace | null {
  const one = (name: string) => {
    const value = parameters[name];
    return typeof value === "string" && value !== "" && value.length <= 1_024 ? value : null;
  };
  const from = one("from");
  return from === null ? null : { from, model: one("model"), to: one("to") };
}
