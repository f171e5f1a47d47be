/**
 * Addresses of a store: one server, a primary that sentinels know, or a cluster. Several hosts in one address are no
 * URL by the standard, so it is read here.
 *
 *   redis://[user:password@]host[:port][/database]
 *   redis+sentinel://[user:password@]host[:port],host[:port]/name[/database]
 *   redis+cluster://[user:password@]host[:port],host[:port]
 *
 * and the same with rediss for TLS, on every connection.
 */
export type StoreKind = "standalone" | "sentinel" | "cluster";

export interface StoreAddress {
  kind: StoreKind;
  tls: boolean;
  /** `user:password@`, percent-encoded as it was given, or nothing. */
  credentials: string;
  /** Where to ask first, each `host:port`; of a standalone server nothing. */
  hosts: string[];
  /** What the sentinels call the primary. */
  primaryName: string;
  database: number;
  /** As it was given. */
  url: string;
}

const SEVERAL =
  /^redis(s?)\+(sentinel|cluster):\/\/([^\s@/]*@)?([^\s@/?#]+)(?:\/([^\s/?#]*)(?:\/(\d{1,5}))?)?$/;
const HOST = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/;
const DEFAULT_PORT = { sentinel: 26_379, cluster: 6_379 };

/** @returns null when it is no address of a store */
export function parseStoreAddress(url: string): StoreAddress | null {
  const plain = /^redis(s?):\/\/\S+$/.exec(url);
  if (plain) {
    const database = Number(/^rediss?:\/\/[^/]+\/(\d{1,5})(?:[?#]|$)/.exec(url)?.[1] ?? 0);
    const tls = plain[1] === "s";
    return { kind: "standalone", tls, credentials: "", hosts: [], primaryName: "", database, url };
  }
  const [, s, word, credentials = "", list = "", name = "", database = "0"] = SEVERAL.exec(url) ?? [];
  if (word !== "sentinel" && word !== "cluster") return null;
  // Sentinels must be asked for a name; a cluster has one database and no name.
  if ((word === "sentinel") !== name.length > 0) return null;
  const hosts = list.split(",").map((host) => {
    const [, label, port] = HOST.exec(host) ?? [];
    return label ? `${label}:${port ?? DEFAULT_PORT[word]}` : null;
  });
  if (hosts.includes(null)) return null;
  return {
    kind: word,
    tls: s === "s",
    credentials,
    hosts: hosts as string[],
    primaryName: decoded(name),
    database: Number(database),
    url,
  };
}

/** The address of one node of it. @param hostAndPort `host:port`, as in {@link hostPort} */
export function nodeUrl(address: StoreAddress, hostAndPort: string): string {
  const database = address.database > 0 ? `/${address.database}` : "";
  return `redis${address.tls ? "s" : ""}://${address.credentials}${hostAndPort}${database}`;
}

/** The address of a sentinel, with or without the credentials of the store. */
export function sentinelUrl(address: StoreAddress, hostAndPort: string, isKnown: boolean): string {
  return `redis${address.tls ? "s" : ""}://${isKnown ? address.credentials : ""}${hostAndPort}`;
}

/** As it stands in addresses: IPv6 in brackets. */
export function hostPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
