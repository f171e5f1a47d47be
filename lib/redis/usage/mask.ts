/** The store's numbers for those who may not see personal data: whose key it is becomes a pseudonym. */
import { parseDisplayed } from "../../bytes";
import { type Masker, maskKeyName, maskName, roughBytes } from "../../masking";
import { openRef } from "../../refs";
import type { ChangeDto, ChangesDto } from "../keyspace/changes-schema";
import type {
  AttentionDto,
  ExactSize,
  FoundKeyDto,
  Overview,
  StorageKey,
  Usage,
  UserShare,
  UserStorage,
} from "./schema";

export function maskOverview(overview: Overview, masker: Masker): Overview {
  const { stuck, disputed, vectors } = overview.attention;
  return {
    status: overview.status,
    users: overview.users,
    total: overview.total,
    classes: overview.classes,
    memory: overview.memory,
    indexBytes: overview.indexBytes,
    attention: {
      // The field is one of the windows' names, the reason one of four words.
      stuck: maskAttention(stuck, masker, ({ field }) => ({ field })),
      disputed: maskAttention(disputed, masker, ({ reason }) => ({ reason })),
      vectors: {
        ...maskAttention(vectors, masker, ({ vectorBytes }) => ({ vectorBytes })),
        expectedBytes: vectors.expectedBytes,
      },
    },
  };
}

function maskAttention<Matter extends object>(
  { count, items }: AttentionDto<FoundKeyDto & Matter>,
  masker: Masker,
  matterOf: (item: FoundKeyDto & Matter) => Matter,
): AttentionDto<FoundKeyDto & Matter> {
  return {
    count,
    items: items.map((item) => ({
      ...maskFoundKey(item, masker),
      ...matterOf(item),
      alike: item.alike,
    })),
  };
}

function maskFoundKey(found: FoundKeyDto, masker: Masker): FoundKeyDto {
  return {
    label: maskKeyName(parseDisplayed(found.label), masker),
    class: found.class,
    type: found.type,
    sizeBytes: roughBytes(found.sizeBytes),
    ttlMs: found.ttlMs,
    userRef: found.userRef,
    userLabel: found.userRef && masker.label(found.userRef),
  };
}

export function maskUsage(usage: Usage, masker: Masker): Usage {
  return {
    status: usage.status,
    users: usage.users,
    total: usage.total,
    unmeasuredKeys: usage.unmeasuredKeys,
    classes: usage.classes,
    types: usage.types,
    lives: usage.lives,
    importance: usage.importance,
    memory: usage.memory,
    indexes: usage.indexes,
    biggestKeys: usage.biggestKeys.map((found) => maskFoundKey(found, masker)),
    biggestUsers: usage.biggestUsers.map((user) => maskShare(user, masker)),
  };
}

/** The parts in tenths of the whole, so that they do not tell what the whole hides. */
function maskShare(user: UserShare, masker: Masker): UserShare {
  const sizeBytes = roughBytes(user.sizeBytes);
  const tenths = (bytes: number) => Math.round((10 * bytes) / Math.max(1, user.sizeBytes));
  const sessions = tenths(user.sessionBytes);
  const memories = Math.min(10 - sessions, tenths(user.memoryBytes));
  return {
    ref: user.ref,
    label: masker.label(user.ref),
    keys: user.keys,
    sizeBytes,
    sessionBytes: (sessions * sizeBytes) / 10,
    memoryBytes: (memories * sizeBytes) / 10,
    state: user.state,
  };
}

export function maskUserStorage(storage: UserStorage, masker: Masker): UserStorage {
  const { sessions, memories, disputed, "rate-limits": limits } = storage.classes;
  const rough = ({ keys, sizeBytes }: typeof sessions) => ({ keys, sizeBytes: roughBytes(sizeBytes) });
  return {
    total: storage.total,
    complete: storage.complete,
    sizeBytes: roughBytes(storage.sizeBytes),
    classes: {
      sessions: rough(sessions),
      memories: rough(memories),
      "rate-limits": rough(limits),
      disputed: rough(disputed),
    },
    page: storage.page,
    pages: storage.pages,
    keys: storage.keys.map((key) => maskStorageKey(key, masker)),
    scannedAtMs: storage.scannedAtMs,
    masked: true,
  };
}

function maskStorageKey(key: StorageKey, masker: Masker): StorageKey {
  return {
    ref: key.ref,
    label: maskKeyName(parseDisplayed(key.label), masker),
    class: key.class,
    dispute: key.dispute,
    type: key.type,
    sizeBytes: key.sizeBytes === null ? null : roughBytes(key.sizeBytes),
    // Of a string the length is that of a text.
    length: key.lengthUnit === "bytes" ? null : key.length,
    lengthUnit: key.lengthUnit,
    endsAtMs: key.endsAtMs,
  };
}

export function maskExactSize(exact: ExactSize): ExactSize {
  return { sizeBytes: roughBytes(exact.sizeBytes), tookMs: exact.tookMs };
}

export function maskChanges(changes: ChangesDto, masker: Masker): ChangesDto {
  return {
    live: changes.live,
    reason: changes.reason,
    sinceMs: changes.sinceMs,
    total: changes.total,
    changes: changes.changes.map((change) => maskChange(change, masker)),
  };
}

function maskChange(change: ChangeDto, masker: Masker): ChangeDto {
  return {
    seq: change.seq,
    atMs: change.atMs,
    kind: change.kind,
    class: change.class,
    userRef: change.userRef,
    userLabel: change.userRef && masker.label(change.userRef),
    what: maskWhat(change, masker),
    messages: change.messages,
    count: change.count,
  };
}

/** A session's name; category and number of a memory; a whole key where its owner is in doubt. */
function maskWhat({ what, class: kind, userRef }: ChangeDto, masker: Masker): string {
  if (kind === "disputed") return maskKeyName(parseDisplayed(what), masker);
  if (userRef && !masker.hides(userRef)) return what;
  const owner = userRef ? openRef("user", userRef) : null;
  return what
    .split(":")
    .map((part) => maskName(part, owner))
    .join(":");
}
