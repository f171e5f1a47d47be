/** A console of its own that erases one person, to be killed in the middle: `erase-child.ts URL ID LEASE_MS`. */
import { startErasure } from "../redis/erasure/run";
import { runInput } from "../redis/erasure/test-kit";
import { Store } from "../redis/store/store";

const [url, id, leaseMs] = process.argv.slice(2);
if (!url || !id) throw new Error("usage: erase-child.ts URL ID LEASE_MS");
const store = new Store(url);
const input = runInput(store, { userId: Buffer.from(id), startedBy: "child", leaseMs: Number(leaseMs) });
const { finished } = await startErasure(store, store, input);
await finished;
store.close();
