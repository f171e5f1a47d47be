/**
 * What Redis and its client answer when they do not answer: told apart, and put into words for people. The words
 * are about Redis's own codes, never about arguments.
 */
import {
  AbortError,
  ClientClosedError,
  ClientOfflineError,
  ConnectionTimeoutError,
  DisconnectsClientError,
  ErrorReply,
  ReconnectStrategyError,
  SocketClosedUnexpectedlyError,
  SocketTimeoutError,
} from "redis";
import { SafeError } from "../../errors";

/**
 * Redis's and the socket's errors as {@link SafeError}.
 * @returns null for anything else: a defect of ours.
 */
export function storeError(error: unknown): SafeError | null {
  if (error instanceof SafeError) return error;
  if (error instanceof ErrorReply) return refusedError(error.message);
  if (error instanceof ClientOfflineError || error instanceof ClientClosedError) {
    return new SafeError("store_unreachable", "Redis cannot be reached.", {
      hint: "The console keeps trying and will go on by itself when Redis is back.",
    });
  }
  if (!isConnectionLoss(error)) return null;
  // The command was on its way when the connection broke.
  return new SafeError("store_timeout", "The connection to Redis was lost before it answered.", {
    hint: "Look again in a moment.",
  });
}

const CONNECTION_LOSSES = [
  AbortError,
  ConnectionTimeoutError,
  DisconnectsClientError,
  ReconnectStrategyError,
  SocketClosedUnexpectedlyError,
  SocketTimeoutError,
];

function isConnectionLoss(error: unknown): boolean {
  // Errors of the operating system's socket carry a code such as ECONNRESET.
  const code = (error as { code?: unknown } | null)?.code;
  return (
    CONNECTION_LOSSES.some((loss) => error instanceof loss) ||
    (typeof code === "string" && /^E[A-Z]+$/.test(code))
  );
}

const REFUSALS: Record<string, string> = {
  OOM: "Redis is at its memory limit and takes no more data.",
  MISCONF: "Redis refuses writes because it cannot persist to disk.",
  NOPERM: "The Redis user of this console may not run this command.",
  NOAUTH: "Redis demands a password that this console does not have.",
  WRONGPASS: "Redis refused the console's user name or password.",
  READONLY: "This Redis is a read-only replica.",
  LOADING: "Redis is loading its data from disk.",
  BUSY: "Redis is busy with a long script.",
  NOREPLICAS: "Redis refuses writes because too few replicas are connected.",
  MASTERDOWN: "This replica has lost its primary.",
  CLUSTERDOWN: "The cluster is not able to serve this key now.",
  CROSSSLOT: "The keys of this command live on different cluster nodes.",
  WRONGTYPE: "The key holds another type of value than expected.",
  TRYAGAIN: "The cluster is moving this key to another node.",
  MOVED: "The key lives on another node of the cluster.",
};

function refusedError(message: string): SafeError {
  const code = /^-?([A-Z]+)/.exec(message)?.[1] ?? "ERR";
  const known = REFUSALS[code];
  if (code === "MOVED" || code === "ASK") {
    return new SafeError("store_refused", REFUSALS.MOVED!, {
      hint: `Redis answered ${code}. A cluster is named by redis+cluster:// in REDIS_URL.`,
    });
  }
  if (known) return new SafeError("store_refused", known, { hint: `Redis answered ${code}.` });
  if (/unknown command/i.test(message)) {
    return new SafeError("store_refused", "This Redis does not know a command that is needed here.", {
      hint: "Redis 8 is needed; semantic search also needs its Query Engine.",
    });
  }
  return new SafeError("store_refused", "Redis refused the command.", { hint: "Redis answered ERR." });
}

/** The raw error text of a refused command, for operations that must tell one refusal from another. */
export function refusalText(error: unknown): string {
  return error instanceof ErrorReply ? error.message : "";
}

/** Why there is no connection, in a few words, without addresses. */
export function describeSocketError(error: Error & { code?: string }): string {
  if (error instanceof ErrorReply) return refusedError(error.message).message;
  if (error.code === "ECONNREFUSED") return "connection refused";
  if (error.code === "ENOTFOUND") return "the host name is unknown";
  if (error.code) return error.code;
  if (/timeout/i.test(error.message)) return "no answer in time";
  return "connection closed";
}
