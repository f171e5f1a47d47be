/** Carries out one order of `npm run operators`, which comes as JSON on standard input. */
import { env } from "../../lib/env";
import { Store } from "../../lib/redis/store/store";
import { storeError } from "../../lib/redis/store/store-errors";
import { carryOut, type Order } from "./orders";

const consoleStore = new Store(env().CONSOLE_REDIS_URL);

async function readOrder(): Promise<Order> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString("utf8")) as Order;
}

try {
  console.log(await carryOut(consoleStore, await readOrder()));
} catch (error) {
  const known = storeError(error);
  if (!known) throw error;
  console.error([known.message, known.details.hint].filter(Boolean).join("\n"));
  process.exitCode = 1;
} finally {
  consoleStore.close();
}
