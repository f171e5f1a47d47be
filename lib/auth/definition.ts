/** What a door to an operation has to say about itself. */
import type { z } from "zod";
import type { Result } from "../errors";
import type { Masker } from "../masking";
import type { AuditChain } from "../redis/audit-chain/chain";
import type { OperatorRecord, SessionRecord } from "../redis/sign-in/types";
import type { Store } from "../redis/store/store";
import type { Permission } from "./permissions";

/** What an operation's caller hands on: connections by role, and who asks. */
export interface GuardContext {
  /** The assistant's store. */
  store: Store;
  /** The console's own state. */
  console: Store;
  operator: OperatorRecord;
  session: SessionRecord;
  /** Subjects whose data this session has revealed: the person's reference, and until when (epoch ms). */
  revealed: ReadonlyMap<string, { ref: string; untilMs: number }>;
  /** Are this session's pages masked, but for what is revealed? */
  masked: boolean;
  requestId: string;
  /** Whose data it is, as the audit log says it. */
  subject: string | null;
  audit: AuditChain;
  /** Asks again whether this operator may do this: for work that goes on after the answer. */
  stillAllowed: () => Promise<boolean>;
}

/** What a definition's functions get: the input, checked. */
export type Raw<Input extends z.ZodType> = z.output<Input>;

export interface Definition<Input extends z.ZodType, Output> {
  /** What the audit log calls it, for example `sessions.trim`. One name, one door. */
  name: string;
  permission: Permission;
  input: Input;
  run: (context: GuardContext, input: Raw<Input>) => Promise<Output>;
  /** The answer for those who may not see personal data; `impersonal` when there is none in it. */
  mask: "impersonal" | ((output: Output, masker: Masker, input: Raw<Input>) => Output);
  /** Whose data it is about. */
  subject?: (input: Raw<Input>) => Uint8Array | null;
  /** Demands that the operator signed in within the last five minutes. */
  fresh?: boolean;
}

export interface ActionDefinition<Input extends z.ZodType, Output> extends Definition<Input, Output> {
  /** What was changed, by class, for the audit log. */
  counts?: (output: Output) => Record<string, number>;
  /** Refuses by throwing a SafeError, before anything is written down: what the operator wrote may be what is wrong. */
  check?: (context: GuardContext, input: Raw<Input>) => void;
  /** Why, in the operator's words. */
  grounds?: (input: Raw<Input>) => { reason?: string | null; ticket?: string | null };
}

/** How a route handler lets a read in; see lib/auth/doors.ts. */
export interface ReadOptions {
  /** A read by POST: its parameters are personal, and it must come from a page of this console. */
  exactOrigin?: boolean;
}

/** A guarded function; `raw` is whatever came over the wire. */
export type GuardedRead<Input, Output> = (raw: Input, options?: ReadOptions) => Promise<Result<Output>>;
export type GuardedAction<Input, Output> = (raw: Input) => Promise<Result<Output>>;
