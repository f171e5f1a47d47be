import { DATA_CLASSES } from "@/components/data-class/data-class";

const WIDTH = 640;
const HEIGHT = 72;

/** The components as strokes from zero, in their order. More than there are pixels share one, as their least and greatest. */
export function VectorChart({ values }: { values: readonly (number | string)[] }) {
  const finite = values.filter((value) => typeof value === "number");
  const reach = Math.max(...finite.map(Math.abs));
  if (finite.length === 0 || reach === 0) return null;
  const columns = Math.min(values.length, WIDTH / 2);
  const y = (value: number) => HEIGHT / 2 - (value / reach) * (HEIGHT / 2 - 2);
  const path = Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * values.length) / columns);
    const to = Math.floor(((column + 1) * values.length) / columns);
    const part = values.slice(from, to).filter((value) => typeof value === "number");
    const x = ((column + 0.5) * WIDTH) / columns;
    const [least, most] = [Math.min(0, ...part), Math.max(0, ...part)];
    return `M${x.toFixed(1)} ${y(most).toFixed(1)}V${y(least).toFixed(1)}`;
  }).join("");
  const stroke = Math.max(1, Math.min(8, WIDTH / columns - 1));
  return (
    <figure className="flex flex-col gap-1">
      <svg
        role="img"
        aria-label={`${values.length} components between ${-reach} and ${reach}`}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-18 w-full rounded-lg border bg-sunken"
      >
        <line x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} stroke="var(--line-strong)" strokeWidth="1" />
        <path d={path} stroke={DATA_CLASSES.index.color} strokeWidth={stroke} fill="none" />
      </svg>
      <figcaption className="text-xs text-fg-muted">
        Its components in their order, zero in the middle.
      </figcaption>
    </figure>
  );
}
