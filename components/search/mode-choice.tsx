import clsx from "clsx";
import { SEARCH_MODES, type SearchMode } from "@/lib/redis/recall/rules";

const MODES: Record<SearchMode, { word: string; tip: string }> = {
  hybrid: { word: "Both", tip: "Meaning and words, their ranks joined" },
  vector: { word: "Meaning", tip: "The nearest vectors, whatever the words" },
  text: { word: "Words", tip: "Memories that hold the words" },
};

export type ModeChoiceProps = {
  /** Of the group of buttons. */
  name?: string;
  value: SearchMode;
  onChange: (mode: SearchMode) => void;
};

/** By what is looked for. Radio buttons, so that the arrow keys walk them. */
export function ModeChoice({ name = "mode", value, onChange }: ModeChoiceProps) {
  return (
    <fieldset>
      <legend className="sr-only">Search by</legend>
      <div className="grid grid-cols-3 rounded-md border border-line-field bg-sunken p-0.5">
        {SEARCH_MODES.map((mode) => (
          <label
            key={mode}
            data-tip={MODES[mode].tip}
            className={clsx(
              "flex h-7 cursor-pointer items-center justify-center rounded-sm border text-sm transition-colors duration-100",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent",
              value === mode
                ? "border-line-strong bg-surface font-medium text-fg"
                : "border-transparent text-fg-muted hover:text-fg",
            )}
          >
            <input
              type="radio"
              name={name}
              value={mode}
              checked={value === mode}
              onChange={() => onChange(mode)}
              className="sr-only"
            />
            {MODES[mode].word}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
