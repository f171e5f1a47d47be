/** Three primaries and a replica of the first, as one cluster; for tests of what a cluster does to the console. */
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../scripts/lib/ports.mjs";
import { command } from "../../scripts/lib/resp.mjs";
import { startRedisServer, type TestServer } from "./redis";

export interface TestCluster {
  /** `redis+cluster://…`, naming one node. */
  url: string;
  primaries: TestServer[];
  /** Of the first primary. */
  replica: TestServer;
  /** Moves a slot with its keys, as redis-cli does; `between` is called when keys have moved and the slot has not. */
  moveSlot(slot: number, from: TestServer, to: TestServer, between?: () => Promise<void>): Promise<void>;
  remove(): Promise<void>;
}

const SLOTS = ["0 5460", "5461 10922", "10923 16383"];

/** Words for one server, on a connection of their own. */
export const ask = (server: TestServer, words: string) =>
  command(server.url, words.split(" "), { timeoutMs: 5_000 });

export async function startRedisCluster({ queryEngine = false } = {}): Promise<TestCluster> {
  const nodes = await Promise.all(Array.from({ length: 4 }, () => startNode(queryEngine)));
  const [first, second, third, replica] = nodes.map(({ server }) => server) as [
    ...[TestServer, TestServer, TestServer, TestServer],
  ];
  const primaries = [first, second, third];
  for (const [at, { server }] of nodes.entries()) {
    await ask(server, `CLUSTER SET-CONFIG-EPOCH ${at + 1}`);
    if (SLOTS[at]) await ask(server, `CLUSTER ADDSLOTSRANGE ${SLOTS[at]}`);
  }
  for (const { server, busPort } of nodes.slice(1)) {
    await ask(first, `CLUSTER MEET 127.0.0.1 ${server.port} ${busPort}`);
  }
  await until(async () => {
    const known = await Promise.all(nodes.map(({ server }) => ask(server, "CLUSTER NODES")));
    return known.every((text) => !/handshake/.test(text) && text.trim().split("\n").length === 4);
  });
  await ask(replica, `CLUSTER REPLICATE ${await ask(first, "CLUSTER MYID")}`);
  await until(async () => {
    const infos = await Promise.all(nodes.map(({ server }) => ask(server, "CLUSTER INFO")));
    const link = await ask(replica, "INFO replication");
    return infos.every((text) => /cluster_state:ok/.test(text)) && /master_link_status:up/.test(link);
  });
  return {
    url: `redis+cluster://127.0.0.1:${second.port}`,
    primaries,
    replica,
    moveSlot,
    remove: async () => {
      await Promise.all(nodes.map(({ server }) => server.remove()));
    },
  };
}

async function startNode(queryEngine: boolean) {
  const busPort = await freePort();
  const server = await startRedisServer({
    queryEngine,
    args: [
      ...["--cluster-enabled", "yes", "--cluster-port", String(busPort), "--cluster-node-timeout", "2000"],
      ...["--repl-ping-replica-period", "1", "--repl-diskless-sync-delay", "0"],
      ...["--cluster-replica-validity-factor", "0", "--enable-debug-command", "yes"],
    ],
  });
  return { server, busPort };
}

async function moveSlot(slot: number, from: TestServer, to: TestServer, between = async () => {}) {
  const [source, target] = await Promise.all([from, to].map((server) => ask(server, "CLUSTER MYID")));
  await ask(to, `CLUSTER SETSLOT ${slot} IMPORTING ${source}`);
  await ask(from, `CLUSTER SETSLOT ${slot} MIGRATING ${target}`);
  const keys: string[] = await ask(from, `CLUSTER GETKEYSINSLOT ${slot} 1000`);
  for (const key of keys) {
    await command(from.url, ["MIGRATE", "127.0.0.1", to.port, key, 0, 5_000], { timeoutMs: 6_000 });
  }
  await between();
  await ask(to, `CLUSTER SETSLOT ${slot} NODE ${target}`);
  await ask(from, `CLUSTER SETSLOT ${slot} NODE ${target}`);
}

/** Waits for what takes a cluster or its console a moment. @throws when it does not come */
export async function until(isSo: () => Promise<boolean> | boolean, ms = 20_000): Promise<void> {
  const endMs = Date.now() + ms;
  while (!(await isSo())) {
    if (Date.now() > endMs) throw new Error(`not so after ${ms} ms: ${isSo}`);
    await sleep(50);
  }
}
