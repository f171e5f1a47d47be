/** People for those who may not know who they are: pseudonyms, counts, times, and sizes rounded up. */
import { type Masker, maskTime, roughBytes } from "../../masking";
import type { UserHead, UserList, UserName, UserRow } from "./schema";

export function maskUserList(list: UserList, masker: Masker): UserList {
  const hidden = [...list.users, ...(list.exact ? [list.exact] : [])].some(({ ref }) => masker.hides(ref));
  return {
    users: list.users.map((user) => maskRow(user, masker)),
    total: list.total,
    matching: list.matching,
    from: list.from,
    previousCursor: list.previousCursor,
    nextCursor: list.nextCursor,
    exact: list.exact && {
      ref: list.exact.ref,
      label: masker.label(list.exact.ref),
      listed: list.exact.listed,
    },
    status: list.status,
    ...(hidden ? { masked: true } : {}),
  };
}

function maskRow(user: UserRow, masker: Masker): UserRow {
  if (!masker.hides(user.ref)) return user;
  return {
    ref: user.ref,
    label: masker.label(user.ref),
    keys: user.keys,
    sizeBytes: roughBytes(user.sizeBytes),
    sessions: user.sessions,
    memories: user.memories,
    disputed: user.disputed,
    state: user.state,
    lastActivityMs: maskTime(user.lastActivityMs),
    isActivityOrLater: user.isActivityOrLater,
  };
}

export function maskUserHead(head: UserHead, masker: Masker): UserHead {
  const { sessions, memories, disputed, "rate-limits": limits } = head.classes;
  const rough = ({ keys, sizeBytes }: typeof sessions) => ({ keys, sizeBytes: roughBytes(sizeBytes) });
  return {
    ref: head.ref,
    label: masker.label(head.ref),
    exists: head.exists,
    keys: head.keys,
    sizeBytes: roughBytes(head.sizeBytes),
    classes: {
      sessions: rough(sessions),
      memories: rough(memories),
      "rate-limits": rough(limits),
      disputed: rough(disputed),
    },
    lastActivityMs: maskTime(head.lastActivityMs),
    isActivityOrLater: head.isActivityOrLater,
    complete: head.complete,
    scannedAtMs: head.scannedAtMs,
    masked: true,
  };
}

export function maskUserName(_name: UserName, masker: Masker, { ref }: { ref: string }): UserName {
  return { label: masker.label(ref), masked: true };
}
