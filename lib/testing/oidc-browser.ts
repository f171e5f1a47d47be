/** What a browser does at the test provider, without one; and what an attacker does to its tokens. */
import { createSign, type KeyObject } from "node:crypto";
import type { ServerResponse } from "node:http";

/** A browser at the provider: keep it for a second sign-in, which then finds the provider's own session. */
export class ProviderVisitor {
  readonly #cookies = new Map<string, string>();

  /**
   * Follows the console's redirect to the provider, chooses an account where it is asked who it is (`null` goes
   * back), and gives the address that the provider sends the browser to in the end.
   */
  async signIn(redirectTo: string, account: string | null): Promise<URL> {
    const { origin } = new URL(redirectTo);
    let at = redirectTo;
    let body: URLSearchParams | undefined;
    for (let step = 0; step < 12; step += 1) {
      const answer = await fetch(at, {
        method: body ? "POST" : "GET",
        body,
        redirect: "manual",
        headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      });
      body = undefined;
      this.#keep(answer.headers.getSetCookie());
      const location = answer.headers.get("location");
      if (location === null) {
        const text = await answer.text();
        if (!text.includes("Who are you?"))
          throw new Error(`The provider answered ${answer.status}: ${text}`);
        body = new URLSearchParams(account === null ? { cancel: "1" } : { account });
        continue;
      }
      const next = new URL(location, at);
      if (next.origin !== origin) return next;
      at = next.href;
    }
    throw new Error("The provider never came to an end.");
  }

  #keep(lines: string[]): void {
    for (const line of lines) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

/** Lets the provider answer, then changes the JSON of its answer. */
export function rewriteJson(
  response: ServerResponse,
  change: (body: Record<string, unknown>) => object,
): void {
  const end = response.end.bind(response);
  response.end = ((chunk?: unknown) => {
    const changed = JSON.stringify(change(JSON.parse(String(chunk))));
    response.setHeader("Content-Length", Buffer.byteLength(changed));
    return end(changed);
  }) as typeof response.end;
}

/** A token with other claims, signed RS256 by whom one likes. */
export function forge(
  token: string,
  change: Record<string, unknown>,
  key: KeyObject,
  header: Record<string, unknown> = {},
): string {
  const [head = "", claims = ""] = token.split(".");
  const part = (text: string, more: object) =>
    Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(text, "base64url").toString()), ...more }),
    ).toString("base64url");
  const signed = `${part(head, header)}.${part(claims, change)}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
}
