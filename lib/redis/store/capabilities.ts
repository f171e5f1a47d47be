/** What a Redis server can do, found by asking it: version, mode, modules, commands and the console's own rights. */
import { rightsProbeKey } from "../keys";
import { isError, toInt, toText } from "./reply";
import type { StoreKind } from "./store-address";
import { refusalText } from "./store-errors";
import type { Command, Reply } from "./wire";

/** The store, as far as it is asked here: it keeps what is found. */
interface Asked {
  readonly kind: StoreKind;
  nodes(): Promise<readonly unknown[]>;
  pipeline(commands: readonly Command[]): Promise<(Reply | Error)[]>;
}

export type Right = "allowed" | "refused" | "unknown";

export interface Capabilities {
  /** For example "8.0.2". */
  version: string;
  /** `sentinel` when the store is reached through sentinels; `cluster` for a single node of one as well. */
  mode: "standalone" | "cluster" | "sentinel";
  /** Servers that hold the store's keys. */
  primaries: number;
  role: "master" | "replica";
  /** Version of the Query Engine ("2.10.5"), or null when this server has no FT.* commands. */
  queryEngine: string | null;
  /** A cluster whose Query Engine cannot ask the other nodes: it finds what lies on the node that is asked. */
  searchCoversOneShard: boolean;
  hsetex: boolean;
  hybridSearch: boolean;
  vectorSets: boolean;
  /** What the console's own Redis user may do; `unknown` when Redis does not let it ask. */
  rights: { read: Right; write: Right; unlink: Right; memoryUsage: Right };
}

/** `search.clusterinfo` comes with the coordinator that asks every node of a cluster. */
const PROBED = ["hsetex", "vadd", "ft.search", "ft.hybrid", "search.clusterinfo"] as const;

/**
 * HELLO is allowed to every user (it carries the no-auth flag in Redis), so it is the base; COMMAND INFO and
 * ACL may be refused to a least-privilege user, and then the answer is derived or `unknown`.
 */
export async function detectCapabilities(store: Asked): Promise<Capabilities> {
  const [hello, commandInfo, whoami] = await store.pipeline([
    ["HELLO"],
    ["COMMAND", "INFO", ...PROBED],
    ["ACL", "WHOAMI"],
  ]);
  const facts = isError(hello) ? await factsWithoutHello(store, hello) : new Map<string, unknown>();
  const flat = isError(hello) ? [] : (hello as unknown[]);
  for (let at = 0; at + 1 < flat.length; at += 2) facts.set(toText(flat[at] as Buffer), flat[at + 1]);
  const version = toText(facts.get("version") as Buffer);
  const engine = engineVersion((facts.get("modules") ?? []) as unknown[][]);
  const known = isError(commandInfo)
    ? undefined
    : new Set(
        // A module's commands come in the letters it registered them with: VADD, FT.SEARCH.
        (commandInfo as unknown[]).flatMap((entry) =>
          entry ? [toText((entry as Buffer[])[0]!).toLowerCase()] : [],
        ),
      );
  const major = Number.parseInt(version, 10);
  const ownMode = toText(facts.get("mode") as Buffer) as Capabilities["mode"];
  const queryEngine = engine ?? (known?.has("ft.search") ? "built in" : null);
  return {
    version,
    mode: store.kind === "sentinel" ? "sentinel" : ownMode,
    primaries: (await store.nodes()).length,
    role: toText(facts.get("role") as Buffer) as Capabilities["role"],
    queryEngine,
    searchCoversOneShard:
      ownMode === "cluster" && queryEngine !== null && known?.has("search.clusterinfo") !== true,
    hsetex: known?.has("hsetex") ?? major >= 8,
    vectorSets: known?.has("vadd") ?? major >= 8,
    hybridSearch: known?.has("ft.hybrid") ?? false,
    rights: await ownRights(store, isError(whoami) ? null : toText(whoami as Buffer)),
  };
}

/**
 * A connection that was opened while a password was demanded stays a stranger to HELLO when the demand is gone, though
 * every other command works (measured). Never AUTH on it: Redis 8.0.2 then leaves out a reply among pipelined commands
 * (measured), and from there on everybody would get somebody else's answers.
 */
async function factsWithoutHello(store: Asked, refusal: Error): Promise<Map<string, unknown>> {
  if (!/^NOAUTH/.test(refusalText(refusal))) throw refusal;
  const [server, replication, modules] = await store.pipeline([
    ["INFO", "server"],
    ["INFO", "replication"],
    ["MODULE", "LIST"],
  ]);
  if (isError(server) || isError(replication)) throw refusal;
  const info = `${toText(server)}${toText(replication)}`;
  const named = (name: string) => Buffer.from(new RegExp(`^${name}:(\\S+)`, "m").exec(info)?.[1] ?? "");
  const role = toText(named("role"));
  return new Map<string, unknown>([
    ["version", named("redis_version")],
    ["mode", named("redis_mode")],
    ["role", Buffer.from(role === "slave" ? "replica" : role)],
    ["modules", isError(modules) ? [] : modules],
  ]);
}

function engineVersion(modules: unknown[][]): string | null {
  for (const entry of modules) {
    const name = toText(entry[1] as Buffer);
    if (name !== "search" && name !== "ft") continue;
    const number = toInt(entry[3] as number);
    return `${Math.floor(number / 10_000)}.${Math.floor(number / 100) % 100}.${number % 100}`;
  }
  return null;
}

async function ownRights(store: Asked, user: string | null): Promise<Capabilities["rights"]> {
  const probe = rightsProbeKey();
  const commands = [
    ["GET", probe],
    ["SET", probe, "x"],
    ["UNLINK", probe],
    ["MEMORY", "USAGE", probe],
  ];
  if (user === null) return { read: "unknown", write: "unknown", unlink: "unknown", memoryUsage: "unknown" };
  const answers = await store.pipeline(
    commands.map((command) => ["ACL", "DRYRUN", user, ...command] as const),
  );
  const [read, write, unlink, memoryUsage] = answers.map((answer): Right => {
    if (isError(answer)) return "unknown";
    return toText(answer as Buffer) === "OK" ? "allowed" : "refused";
  });
  return { read: read!, write: write!, unlink: unlink!, memoryUsage: memoryUsage! };
}
