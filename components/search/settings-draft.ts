/** The lab's settings as its fields hold them, in the address and as the search takes them. */
import {
  DEFAULT_SETTINGS,
  type RecallSettings,
  SEARCH_MODES,
  SETTING_RANGES,
  type SearchMode,
} from "@/lib/redis/recall/rules";

export type NumberSetting = keyof typeof SETTING_RANGES;
export const NUMBER_SETTINGS = Object.keys(SETTING_RANGES) as NumberSetting[];

/** Texts, as typed; an empty one is the default (for the distance: any). */
export type SettingsDraft = Record<NumberSetting, string> & {
  mode: SearchMode;
  /** Empty: the one in use. */
  index: string;
  matchShare: boolean;
};

export type SettingsProblems = Partial<Record<NumberSetting, string>>;

const WHOLE: NumberSetting[] = ["k", "fusionDepth"];

function textOf(name: NumberSetting): string {
  const value = DEFAULT_SETTINGS[name];
  return value === null ? "" : String(value);
}

export const DEFAULT_DRAFT: SettingsDraft = {
  ...(Object.fromEntries(NUMBER_SETTINGS.map((name) => [name, textOf(name)])) as Record<
    NumberSetting,
    string
  >),
  mode: DEFAULT_SETTINGS.mode,
  index: "",
  matchShare: DEFAULT_SETTINGS.matchShare,
};

/** @param value of a name in the address, empty where it is not given */
export function settingsFromAddress(value: (name: string) => string): SettingsDraft {
  const numbers = NUMBER_SETTINGS.map((name) => [name, value(name).slice(0, 32) || DEFAULT_DRAFT[name]]);
  const share = value("matchShare");
  return {
    ...(Object.fromEntries(numbers) as Record<NumberSetting, string>),
    mode: SEARCH_MODES.find((mode) => mode === value("mode")) ?? DEFAULT_DRAFT.mode,
    index: value("index").slice(0, 1_024),
    matchShare: share === "" ? DEFAULT_DRAFT.matchShare : share !== "0",
  };
}

/** What differs from the default, by name. */
export function settingsToAddress(draft: SettingsDraft): [name: string, value: string][] {
  const numbers = NUMBER_SETTINGS.filter((name) => draft[name] !== DEFAULT_DRAFT[name]).map(
    (name): [string, string] => [name, draft[name]],
  );
  return [
    ...(draft.mode === DEFAULT_DRAFT.mode ? [] : [["mode", draft.mode] as [string, string]]),
    ...numbers.filter(([, text]) => text !== ""),
    ...(draft.matchShare === DEFAULT_DRAFT.matchShare
      ? []
      : [["matchShare", draft.matchShare ? "1" : "0"] as [string, string]]),
    ...(draft.index === "" ? [] : [["index", draft.index] as [string, string]]),
  ];
}

/** @returns the settings, and what is wrong with the fields that cannot be read */
export function readSettings(draft: SettingsDraft): { settings: RecallSettings; problems: SettingsProblems } {
  const problems: SettingsProblems = {};
  const number = (name: NumberSetting): number | null => {
    const text = draft[name].trim();
    if (text === "") return DEFAULT_SETTINGS[name];
    const value = Number(text);
    const { min, max } = SETTING_RANGES[name];
    const whole = WHOLE.includes(name);
    if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
      problems[name] = `Must be a ${whole ? "whole " : ""}number from ${min} to ${max}.`;
    }
    return value;
  };
  const numbers = Object.fromEntries(NUMBER_SETTINGS.map((name) => [name, number(name)]));
  const settings = {
    ...DEFAULT_SETTINGS,
    ...numbers,
    mode: draft.mode,
    matchShare: draft.matchShare,
    index: draft.index || null,
  };
  return { settings, problems };
}

/** How many of the ranking's settings are turned. */
export function turned(draft: SettingsDraft): number {
  return settingsToAddress(draft).filter(([name]) => !["mode", "k", "maxDistance", "index"].includes(name))
    .length;
}
