import { DemoBanner } from "@/components/shell/demo-banner";
import { NothingHere } from "@/components/shell/nothing-here";
import { env } from "@/lib/env";

export const metadata = { title: "Nothing here" };

/** For addresses that no page has. It stands outside of the console's layout, which knows who is signed in. */
export default function NotFound() {
  return (
    <>
      {env().CONSOLE_DEMO ? <DemoBanner /> : null}
      <main className="px-4 py-10">
        <NothingHere />
      </main>
    </>
  );
}
