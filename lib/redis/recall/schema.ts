import { z } from "zod";
import { DEFAULT_SETTINGS, SEARCH_MODES, SETTING_RANGES } from "./rules";

type Ranged = keyof typeof SETTING_RANGES;

/** A number within its range, both ends included. */
function setting(name: Exclude<Ranged, "maxDistance">, kind: "whole" | "any" = "any") {
  const { min, max } = SETTING_RANGES[name];
  const rule = `must be a ${kind === "whole" ? "whole " : ""}number from ${min} to ${max}`;
  const number = kind === "whole" ? z.int({ error: rule }) : z.number({ error: rule });
  return number.min(min, rule).max(max, rule).default(DEFAULT_SETTINGS[name]);
}

const { min, max } = SETTING_RANGES.maxDistance;
const distanceRule = `must be a number from ${min} to ${max}`;

/** RecallSettings over the wire; what is left out is the default. */
export const recallSettings = z.object({
  mode: z
    .enum(SEARCH_MODES, { error: `must be one of ${SEARCH_MODES.join(", ")}` })
    .default(DEFAULT_SETTINGS.mode),
  k: setting("k", "whole"),
  maxDistance: z
    .number({ error: distanceRule })
    .min(min, distanceRule)
    .max(max, distanceRule)
    .nullish()
    .transform((distance) => distance ?? null),
  textWeight: setting("textWeight"),
  vectorWeight: setting("vectorWeight"),
  fusionConstant: setting("fusionConstant"),
  fusionDepth: setting("fusionDepth", "whole"),
  matchShare: z.boolean({ error: "must be true or false" }).default(DEFAULT_SETTINGS.matchShare),
  beginningWeight: setting("beginningWeight"),
  recencyWeight: setting("recencyWeight"),
  recencyHalfLifeDays: setting("recencyHalfLifeDays"),
  importanceWeight: setting("importanceWeight"),
  /** An index's name. */
  index: z
    .string()
    .max(1_024, "is too long")
    .nullish()
    .transform((name) => name || null),
});
