import type { ReactNode } from "react";
import { ConnectionBanner } from "./connection-banner";
import { LiveConnection } from "./connection-live";
import { DemoBanner } from "./demo-banner";
import { Header } from "./header";
import { Panels } from "./panels";
import { Rail } from "./rail";
import { Shortcuts } from "./shortcuts";

type ShellProps = {
  demo: boolean;
  /** The header's menu of whoever is signed in. */
  operator: ReactNode;
  /** Stands under the header of every page, for example which people are revealed. */
  notices?: ReactNode;
  children: ReactNode;
};

/** Rail, header and banners around every page. */
export function Shell({ demo, operator, notices, children }: ShellProps) {
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[224px_minmax(0,1fr)]">
      <a
        href="#main"
        className="fixed top-2 left-2 z-[70] -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-sm font-medium text-accent-on focus:translate-y-0"
      >
        Skip to the page
      </a>
      <aside aria-label="Console" className="sticky top-0 hidden h-dvh border-r md:block">
        <Rail />
      </aside>
      <div className="min-w-0">
        <div className="sticky top-0 z-30">
          <Header operator={operator} />
          <ConnectionBanner />
          {notices}
        </div>
        {demo ? <DemoBanner /> : null}
        <main id="main" tabIndex={-1} className="mx-auto max-w-[1440px] px-4 py-5 outline-none md:px-6">
          {children}
        </main>
      </div>
      <Shortcuts />
      <Panels />
      <LiveConnection />
    </div>
  );
}
