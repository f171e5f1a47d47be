/** For tests of the limiter under load. */
import type { Store } from "../store/store";

/** Opened together; the rest after them. */
const AT_ONCE = 20;

/** @returns `count` stores, each with its connection open */
export async function openClients<Client extends Store>(
  count: number,
  open: () => Client,
): Promise<Client[]> {
  const clients: Client[] = [];
  while (clients.length < count) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - clients.length) }, open);
    await Promise.all(batch.map((client) => client.command("PING")));
    clients.push(...batch);
  }
  return clients;
}
