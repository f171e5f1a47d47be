/** Which keys a plan holds, without saying it. */
import { createHmac, hkdfSync } from "node:crypto";
import { env } from "../../env";

let key: Buffer | undefined;

function planKey(): Buffer {
  key ??= Buffer.from(hkdfSync("sha256", env().CONSOLE_SECRET, "", "memory-console/erasure-plans/v1", 32));
  return key;
}

/** A digest over a set of key names, whatever their order. */
export function planDigest(keys: readonly Buffer[]): string {
  const hmac = createHmac("sha256", planKey()).update("plan\0");
  for (const name of [...keys].sort(Buffer.compare)) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(name.length);
    hmac.update(length).update(name);
  }
  return hmac.digest("base64url");
}
