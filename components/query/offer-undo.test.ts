import { afterEach, expect, test, vi } from "vitest";
import { toast, toastStore } from "@/components/ui/toast-store";
import { ConsoleError, type ConsoleErrorCode } from "./console-error";
import { offerUndo } from "./offer-undo";

afterEach(() => {
  for (const { id } of toastStore.read()) toast.dismiss(id);
});

const fails = (code: ConsoleErrorCode) => async (): Promise<{ refused: number }> => {
  throw new ConsoleError({ code, message: code });
};
const works = async () => ({ refused: 0 });

/** Presses Undo on the newest message until none offers it; what was said, in order. */
async function pressAll(...answers: (() => Promise<{ refused: number }>)[]): Promise<unknown[]> {
  let tries = 0;
  offerUndo({ title: "Deleted", takeBack: async () => answers[tries++]!() });
  const said: unknown[] = [];
  for (;;) {
    const newest = toastStore.read().at(-1)!;
    said.push(newest.title);
    if (!newest.action || tries === answers.length) return said;
    newest.action.onClick();
    await vi.waitFor(() => expect(toastStore.read().at(-1)!.id).not.toBe(newest.id));
  }
}

const newest = () => toastStore.read().at(-1)!;

test.each<ConsoleErrorCode>(["store_refused", "store_unreachable", "outcome_unknown", "console_unreachable"])(
  "after %s Undo is still offered, and works",
  async (code) => {
    expect(await pressAll(fails(code), works)).toEqual(["Deleted", code, "Undone: it is as it was"]);
    expect(newest().action).toBeUndefined();
  },
);

test.each<ConsoleErrorCode>(["conflict", "not_found", "forbidden"])("after %s it is not", async (code) => {
  expect(await pressAll(fails(code))).toEqual(["Deleted", code]);
  expect(newest().tone).toBe("danger");
  expect(newest().action).toBeUndefined();
});

test("what a lost answer leaves open is not called a failure", async () => {
  const said = await pressAll(fails("outcome_unknown"), fails("store_refused"), fails("conflict"));
  expect(said.at(-1)).toBe("Perhaps it was undone already");
  expect(newest().tone).toBe("warn");
});

test("what cannot be undone is not offered; what came back in part is said", async () => {
  offerUndo({ title: "Trimmed", takeBack: null });
  expect(newest().action).toBeUndefined();
  expect(await pressAll(async () => ({ refused: 2 }))).toEqual(["Deleted", "Undone in part"]);
});
