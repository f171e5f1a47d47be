/** Who a run is about, without saying it: keyed hashes of ids and plans under a key of their own. */
import { createHmac, hkdfSync } from "node:crypto";
import { env } from "../../env";

let key: Buffer | undefined;

function subjectKey(): Buffer {
  key ??= Buffer.from(hkdfSync("sha256", env().CONSOLE_SECRET, "", "memory-console/erasure/v1", 32));
  return key;
}

/** The same person always has the same subject; nobody without CONSOLE_SECRET can tell whose it is by trying ids. */
export function subjectOf(userId: Buffer): string {
  return createHmac("sha256", subjectKey()).update("subject\0").update(userId).digest("base64url");
}

/** A digest over a set of key names, whatever their order. */
export function planDigest(keys: readonly Buffer[]): string {
  const hmac = createHmac("sha256", subjectKey()).update("plan\0");
  for (const name of [...keys].sort(Buffer.compare)) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(name.length);
    hmac.update(length).update(name);
  }
  return hmac.digest("base64url");
}
