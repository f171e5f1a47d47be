/**
 * What a query shows, so that it is asked again when that changes in the store. Put it on the query itself:
 *
 *     queryOptions({ queryKey, queryFn, meta: { live: [aboutUser("sessions", userRef)] } })
 */
import type { KeyClass } from "@/lib/redis/keys";

export interface LiveTopic {
  /** `any` class of key. */
  class: KeyClass | "any";
  /** One person's, by reference; null for everybody's. */
  userRef: string | null;
}

export function aboutUser(cls: LiveTopic["class"], userRef: string): LiveTopic {
  return { class: cls, userRef };
}

export function aboutEverybody(cls: LiveTopic["class"] = "any"): LiveTopic {
  return { class: cls, userRef: null };
}

/** Does a change of this class and person concern the topic? A key in doubt may concern whatever a page shows. */
export function concerns(topic: LiveTopic, changed: { class: KeyClass; userRef: string | null }): boolean {
  const isClass = topic.class === "any" || changed.class === "disputed" || topic.class === changed.class;
  return isClass && (topic.userRef === null || topic.userRef === changed.userRef);
}

declare module "@tanstack/react-query" {
  interface Register {
    queryMeta: { live?: readonly LiveTopic[] };
  }
}
