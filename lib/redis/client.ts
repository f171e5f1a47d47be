/**
 * The console's two connections, by role: the assistant's store (what people look at) and the console's own
 * state (`console:*`). They are the same server unless CONSOLE_REDIS_URL says otherwise.
 */
import { env } from "../env";
import { perProcess } from "../per-process";
import { Store } from "./store/store";

function connect(role: "store" | "console", url: string): Store {
  return perProcess(`redis ${role} ${url}`, () => new Store(url));
}

/** The assistant's store. */
export function assistantStore(): Store {
  return connect("store", env().REDIS_URL);
}

/** The console's own state: settings, samples, and whatever else belongs to no assistant. */
export function consoleState(): Store {
  return connect("console", env().CONSOLE_REDIS_URL);
}
