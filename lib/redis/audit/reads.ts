import "server-only";
import { z } from "zod";
import { guardedDownload, guardedRead } from "../../auth/guard";
import { may } from "../../auth/permissions";
import { parseDisplayed } from "../../bytes";
import { pseudonymOf, subjectOf } from "../../subjects";
import { listOperators } from "../sign-in/operators";
import { chainWatch } from "./chain-state";
import { ENTRIES_HEADER, exportEntries, planExport } from "./export";
import { listEntries } from "./list-entries";
import { exportInput, listEntriesInput, subjectInput } from "./schema";

/** Whoever may not read everybody's entries gets their own, whatever the filter says. */
export const readAuditEntries = guardedRead({
  name: "audit.list",
  permission: "audit",
  input: listEntriesInput,
  run: ({ console, operator }, input) =>
    listEntries(console, input, may(operator.role, "audit.all") ? null : operator.id),
  mask: "impersonal",
});

/** From a typed id to the subject that the log speaks of. By POST: the id must stand in no address. */
export const readAuditSubject = guardedRead({
  name: "audit.subject",
  permission: "audit",
  input: subjectInput,
  run: async (_context, { typed }) => {
    const subject = subjectOf(parseDisplayed(typed));
    return { subject, pseudonym: pseudonymOf(subject) };
  },
  mask: "impersonal",
});

/** Operators to choose from. */
export const readAuditChoices = guardedRead({
  name: "audit.choices",
  permission: "audit.all",
  input: z.object({}),
  run: async ({ console }) => ({
    operators: (await listOperators(console)).map(({ id, name, disabled }) => ({ id, name, disabled })),
  }),
  mask: "impersonal",
});

export const readAuditChainState = guardedRead({
  name: "audit.state",
  permission: "audit",
  input: z.object({ again: z.literal("1").optional() }),
  run: ({ console }, { again }) => chainWatch(console).look(again === "1"),
  mask: "impersonal",
});

/** What an export will hold, and that the sign-in is fresh enough for it. */
export const readAuditExportPlan = guardedRead({
  name: "audit.export-plan",
  permission: "audit.all",
  fresh: true,
  input: z.object({}),
  run: ({ console }) => planExport(console),
  mask: "impersonal",
});

export const downloadAudit = guardedDownload({
  name: "audit.export",
  permission: "audit.all",
  fresh: true,
  input: exportInput,
  run: ({ console }, { to }) => exportEntries(console, to),
  counts: ({ headers }) => ({ entries: Number(headers.get(ENTRIES_HEADER)) }),
  mask: "impersonal",
});
