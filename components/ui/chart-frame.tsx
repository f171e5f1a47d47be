import { Table2 } from "lucide-react";
import type { ReactNode } from "react";

export type ChartFrameProps = {
  title: string;
  /** The numbers behind the drawing. The first column names the row. */
  table: { columns: string[]; rows: Array<Array<string | number>> };
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
};

/** A chart is for looking; its table is for reading, for everybody and for screen readers first. */
export function ChartFrame({ title, table, description, actions, children }: ChartFrameProps) {
  return (
    <figure className="flex min-w-0 flex-col gap-3">
      <figcaption className="flex flex-wrap items-baseline gap-x-3">
        <span className="text-sm font-medium">{title}</span>
        {description ? <span className="text-xs text-fg-muted">{description}</span> : null}
        {actions ? <span className="ml-auto">{actions}</span> : null}
      </figcaption>
      <div className="min-w-0">{children}</div>
      <details className="group text-xs">
        <summary className="inline-flex items-center gap-1.5 rounded-sm text-fg-muted hover:text-fg">
          <Table2 aria-hidden className="size-3.5" />
          <span className="group-open:hidden">Show as table</span>
          <span className="hidden group-open:inline">Hide the table</span>
        </summary>
        <div className="mt-2 max-h-72 overflow-auto rounded-lg border">
          <table className="w-full border-collapse">
            <caption className="sr-only">{title}</caption>
            <thead className="sticky top-0 bg-sunken text-left text-fg-muted">
              <tr>
                {table.columns.map((column, index) => (
                  <th
                    key={column}
                    scope="col"
                    className={`px-3 py-1.5 font-medium ${index > 0 ? "text-right" : ""}`}
                  >
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={String(row[0])} className="border-t">
                  {row.map((cell, index) =>
                    index === 0 ? (
                      <th key={table.columns[index]} scope="row" className="px-3 py-1 text-left font-normal">
                        {cell}
                      </th>
                    ) : (
                      <td key={table.columns[index]} className="px-3 py-1 text-right">
                        {cell}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
