/** Where the console listens: what is in the way, and what a wide address means. */
import { portHolder } from "./port-holder.mjs";
import { listenError } from "./ports.mjs";

/** @typedef {{host: string, port: number}} Place */

/**
 * @param {Place} place
 * @throws Error that says who has the port, or what is wrong with the address
 */
export async function refuseUnusablePlace({ host, port }) {
  // A start that was killed a moment ago may still be letting go of it.
  for (let attempt = 0; attempt < 10; attempt++) {
    const code = await listenError(port, host);
    if (code === undefined) return;
    if (code === "EACCES") {
      throw new Error(`Port ${port} needs rights that this user lacks.
Choose one from 1024 on, for example PORT=3000 npm start`);
    }
    if (code !== "EADDRINUSE") {
      throw new Error(
        `HOST must be an address of this machine, for example HOST=127.0.0.1 (listening: ${code})`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const holder = (await portHolder(port)) ?? "another program";
  throw new Error(`Port ${port} on ${host} is taken by ${holder}.
Stop that, or choose another port: PORT=${port + 1} npm start`);
}

/**
 * There is no sign-in yet (docs/decisions/0002-loopback-until-sign-in.md), so a wide address must not be silent.
 * @param {Place} place
 * @returns {string | undefined} what to tell the person
 */
export function exposure({ host, port }) {
  if (/^(127\.|localhost$|::1$|\[::1\]$)/i.test(host)) return undefined;
  return `HOST=${host}: whoever reaches port ${port} of this machine is its administrator, for there is no sign-in yet.
  Leave HOST out, or let nobody reach the port but a proxy with a sign-in of its own.`;
}
