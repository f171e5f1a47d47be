"use client";

import { DATA_CLASSES } from "@/components/data-class/data-class";
import { Field } from "@/components/ui/field";
import { Range, Textarea } from "@/components/ui/input";
import { Segments } from "@/components/ui/segments";
import { visibleTokens } from "@/components/ui/visible-tokens";
import { formatCount } from "@/lib/format";
import {
  CONTENT_MAX_CHARS,
  contentProblem,
  IMPORTANCE_MAX,
  IMPORTANCE_MIN,
} from "@/lib/redis/memories/rules";

/** The rule that a text breaks, once there is something to judge. */
export function ContentField(props: {
  value: string;
  onChange: (text: string) => void;
  label?: string;
  judged: boolean;
}) {
  const { value, onChange, label = "What to remember", judged } = props;
  const problem = contentProblem(value);
  const hidden = visibleTokens(value).filter(({ kind }) => kind === "mark").length;
  const tooLong = value.length > CONTENT_MAX_CHARS;
  return (
    <Field
      label={label}
      hint={hidden > 0 ? hiddenWords(hidden) : undefined}
      error={problem && (judged || tooLong) ? `The text ${problem}.` : undefined}
      aside={`${formatCount(value.length)} of ${formatCount(CONTENT_MAX_CHARS)}`}
    >
      <Textarea
        data-autofocus
        rows={6}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        spellCheck={false}
        className="resize-y"
      />
    </Field>
  );
}

/** A text field draws them as nothing, or turns the line around. */
function hiddenWords(count: number): string {
  return count === 1
    ? "The text holds 1 character that is not seen here."
    : `The text holds ${formatCount(count)} characters that are not seen here.`;
}

export function ImportanceField({
  value,
  onChange,
}: {
  value: number;
  onChange: (importance: number) => void;
}) {
  return (
    <Field
      label="Importance"
      aside={<Segments value={value} label="Importance" color={DATA_CLASSES.memories.color} />}
      hint="1: good to know. 10: must never be forgotten."
    >
      <Range
        min={IMPORTANCE_MIN}
        max={IMPORTANCE_MAX}
        step={1}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </Field>
  );
}
