/** What a store needs of the way to its servers, whatever they are: one, one of several by turns, or many at once. */
import { SafeError } from "../../errors";
import type { StoreKind } from "./store-address";
import type { Command, Reply } from "./wire";

/** A server that takes writes. */
export interface LinkNode {
  /** `host:port`, for telling nodes apart. */
  name: string;
  /** With credentials: only for opening another connection to the same server. */
  url: string;
  send(command: Command): Promise<Reply>;
}

export interface LinkEvents {
  /** Connected, for the first time or again. */
  ready(): void;
  /** Other servers serve, or other slots. */
  topology(): void;
}

export interface Link {
  readonly kind: StoreKind;
  /** Every key can be asked for now. */
  readonly isReady: boolean;
  readonly everReady: boolean;
  /** Why not, without addresses or credentials. */
  readonly lastError: string;
  /** Another number whenever {@link LinkEvents.topology} was told. */
  readonly topology: number;
  /** Begin to connect; later calls do nothing. */
  begin(): void;
  firstReady(): Promise<void>;
  send(command: Command): Promise<Reply>;
  transaction(commands: readonly Command[]): Promise<Reply[]>;
  /** The same for commands that answer with integers alone. */
  countingTransaction(commands: readonly Command[]): Promise<Reply[]>;
  /** Every server that holds keys; of a cluster, only the one that holds this slot when one is asked for. */
  primaries(slot?: number | null): LinkNode[];
  /** Look whether the same servers still serve. */
  refresh(): Promise<void>;
  close(): void;
}

/** Nothing was sent. */
export function unreachable(what: string): SafeError {
  return new SafeError("store_unreachable", what, {
    hint: "The console keeps trying and will go on by itself when it is back.",
  });
}
