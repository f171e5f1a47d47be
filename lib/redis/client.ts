/**
 * The console's two connections, by role: the assistant's store (what people look at) and the console's own
 * state (`console:*`). They are the same server unless CONSOLE_REDIS_URL says otherwise.
 */
import { env } from "../env";
import { Store } from "./store";

// Route handlers and pages get separate instances of a module; what must be one per process lives here.
const connections = globalThis as unknown as { memoryConsoleStores?: Map<string, Store> };

function connect(role: "store" | "console", url: string): Store {
  connections.memoryConsoleStores ??= new Map();
  const name = `${role} ${url}`;
  let store = connections.memoryConsoleStores.get(name);
  if (!store) {
    store = new Store(url);
    connections.memoryConsoleStores.set(name, store);
  }
  return store;
}

/** The assistant's store. */
export function assistantStore(): Store {
  return connect("store", env().REDIS_URL);
}

/** The console's own state: settings, samples, and whatever else belongs to no assistant. */
export function consoleState(): Store {
  return connect("console", env().CONSOLE_REDIS_URL);
}
