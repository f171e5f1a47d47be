import { NothingHere } from "@/components/shell/nothing-here";
import { Shell } from "@/components/shell/shell";
import { env } from "@/lib/env";

export const metadata = { title: "Nothing here" };

/** For addresses that no page has. It stands outside of the console's layout and so brings the shell itself. */
export default function NotFound() {
  return (
    <Shell demo={env().CONSOLE_DEMO}>
      <NothingHere />
    </Shell>
  );
}
