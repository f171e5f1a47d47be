export type FormChoiceProps<Form extends string> = {
  forms: readonly { form: Form; title: string; body: string }[];
  value: Form;
  onChange: (form: Form) => void;
};

/** One of a few shapes of an index. */
export function FormChoice<Form extends string>({ forms, value, onChange }: FormChoiceProps<Form>) {
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2">
      <legend className="mb-1 text-xs font-medium text-fg-muted">Form</legend>
      {forms.map((one) => (
        <label
          key={one.form}
          className="flex cursor-pointer items-start gap-2 rounded-lg border p-3 transition-colors duration-100 hover:bg-hover has-checked:border-accent has-checked:bg-accent-bg has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="form"
            checked={value === one.form}
            onChange={() => onChange(one.form)}
            className="mt-1 accent-(--accent)"
          />
          <span className="min-w-0">
            <span className="block text-sm font-medium">{one.title}</span>
            <span className="block text-xs text-fg-muted">{one.body}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
