import "server-only";
/** What a request says about itself: where it came from, and which session it brings. */
import { headers } from "next/headers";
import { cache } from "react";
import { env } from "../env";
import { SafeError } from "../errors";
import { consoleState } from "../redis/client";
import { type Admission, admit } from "../redis/sign-in/admit";
import { isOwnHost, isOwnOrigin } from "./origin";
import { clientAddress, isLocalPeer } from "./peer";
import { readSessionToken } from "./session-cookie";

/** @throws SafeError `bad_origin` unless the request came to this console, and, where `exact`, from its own pages */
export async function requireOwnRequest(exact: boolean): Promise<void> {
  const incoming = await headers();
  const host = incoming.get("host");
  const { PUBLIC_URL } = env();
  if (!isOwnHost(host, PUBLIC_URL)) {
    throw new SafeError("bad_origin", "This console does not answer under that host name.", {
      hint: "Open it under 127.0.0.1, or set PUBLIC_URL to the address people use.",
    });
  }
  // HOST says where `npm start` binds; a server that was started otherwise may listen everywhere.
  if (env().CONSOLE_DEMO && !isLocalPeer(incoming)) {
    throw new SafeError("bad_origin", "This demo lets anyone in, so it answers its own machine only.");
  }
  if (exact && !isOwnOrigin(incoming.get("origin"), host, PUBLIC_URL)) {
    throw new SafeError("bad_origin", "The request did not come from a page of this console.");
  }
}

export async function requestAddress(): Promise<string> {
  return clientAddress(await headers(), env().TRUSTED_PROXIES);
}

/** Who asks, or null when nobody is signed in. @throws SafeError `too_many_requests`, and what Redis says */
export async function admitRequest(kind: "read" | "write"): Promise<Admission | null> {
  return kind === "read" ? admitRead() : ask("write");
}

/** A page that reads five things is one request, and is let in once. */
const admitRead = cache(() => ask("read"));

async function ask(kind: "read" | "write"): Promise<Admission | null> {
  const [token, address, incoming] = await Promise.all([readSessionToken(), requestAddress(), headers()]);
  const background = kind === "read" && incoming.get("x-console-background") === "1";
  return admit(consoleState(), { token, address, kind, background });
}
