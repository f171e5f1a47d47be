"use client";

import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { ConsoleError, describeError } from "@/components/query/console-error";
import { waitForSignIn } from "@/components/query/sign-in-needed";
import { useOperator } from "@/components/shell/operator";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/code";
import { Dialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast-store";
import { formatCount } from "@/lib/format";
import type { ExportPlan } from "@/lib/redis/audit/schema";
import { askExportPlan } from "./queries";

/** The whole log as a file, with the command that proves it. Not offered to those who may not read all of it. */
export function ExportButton() {
  const { can } = useOperator();
  const [plan, setPlan] = useState<ExportPlan | null>(null);
  const ask = useMutation({
    mutationFn: askFreshly,
    onSuccess: setPlan,
    onError: (error) => {
      const { message, hint } = describeError(error);
      toast.error("Nothing was exported", { description: [message, hint].filter(Boolean).join(" ") });
    },
  });
  if (!can("audit.all")) return null;
  return (
    <>
      <Button icon={<Download />} pending={ask.isPending} onClick={() => ask.mutate()}>
        Export
      </Button>
      <Dialog
        open={plan !== null}
        onOpenChange={(open) => {
          if (!open) setPlan(null);
        }}
        title="Export the audit log"
        description={
          plan
            ? `${formatCount(plan.entries)} entries as JSON Lines, one a line, exactly as they are kept.`
            : undefined
        }
        footer={
          <>
            <Button onClick={() => setPlan(null)}>Close</Button>
            <a
              href={`/api/audit/export?to=${plan?.head.seq}`}
              download
              data-autofocus
              className="inline-flex h-8 items-center gap-1.5 rounded-md bg-accent px-3 text-sm font-medium text-accent-on hover:bg-accent-hover [&_svg]:size-4"
            >
              <Download aria-hidden />
              Download {plan?.fileName}
            </a>
          </>
        }
      >
        {plan ? <Proof plan={plan} /> : null}
      </Dialog>
    </>
  );
}

function Proof({ plan: { fileName, head, base } }: { plan: ExportPlan }) {
  const before = base ? ` --base ${base.seq}:${base.hash}` : "";
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p className="text-fg-muted">
        The file can be checked without Redis, today and years from now. The command names every entry that
        was dropped, swapped, edited, added or cut off.
      </p>
      <CodeBlock
        label="Check it"
        text={`npm run verify-audit -- ${fileName}${before} --head ${head.seq}:${head.hash}`}
      />
      <Callout tone="neutral">
        The export is written down too, after the entries that are in the file.
        {base ? ` Entries up to ${formatCount(base.seq)} are in archives.` : ""}
      </Callout>
    </div>
  );
}

/** An export asks for a fresh sign-in, which is asked for here rather than by a broken download. */
async function askFreshly(): Promise<ExportPlan> {
  try {
    return await askExportPlan();
  } catch (error) {
    if (!(error instanceof ConsoleError) || error.code !== "sign_in_again") throw error;
    await waitForSignIn("sign_in_again").catch(() => {
      throw error;
    });
    return askExportPlan();
  }
}
