/**
 * What a query shows, so that it is asked again when that changes in the store. Put it on the query itself:
 *
 *     queryOptions({ queryKey, queryFn, meta: { live: [aboutUser("sessions", userRef)] } })
 */

import type { KeyClass } from "@/lib/redis/keys";
import type { LiveChange } from "@/lib/redis/keyspace/changes-events";

export interface LiveTopic {
  /** `any` class of key. What is no key (feed, survey, limits, connection) is told of when it has news. */
  class: LiveChange["class"] | "connection" | "any";
  /** One person's, by reference; null for everybody's. */
  userRef: string | null;
}

export function aboutUser(cls: KeyClass | "any", userRef: string): LiveTopic {
  return { class: cls, userRef };
}

export function aboutEverybody(cls: KeyClass | "any" = "any"): LiveTopic {
  return { class: cls, userRef: null };
}

/** The feed of changes, told when it has been written: a moment after the changes themselves. */
export const ABOUT_FEED: LiveTopic = { class: "feed", userRef: null };

/** The numbers that a walk over the whole store makes: told when a walk has come further, or has ended. */
export const ABOUT_SURVEY: LiveTopic = { class: "survey", userRef: null };

/** What operators set, and the ends of it: told wherever it was set, in this process of the console or another. */
export const ABOUT_LIMITS: LiveTopic = { class: "limits", userRef: null };

/** The connections, told when the one that listens for changes comes or goes. */
export const ABOUT_CONNECTION: LiveTopic = { class: "connection", userRef: null };

/** Does a change of this class and person concern the topic? A key in doubt may concern whatever a page shows. */
export function concerns(topic: LiveTopic, changed: LiveTopic): boolean {
  if (isMade(changed.class) || isMade(topic.class)) return topic.class === changed.class;
  const isClass = topic.class === "any" || changed.class === "disputed" || topic.class === changed.class;
  return isClass && (topic.userRef === null || topic.userRef === changed.userRef);
}

function isMade(cls: LiveTopic["class"]): boolean {
  return cls === "feed" || cls === "survey" || cls === "limits" || cls === "connection";
}

declare module "@tanstack/react-query" {
  interface Register {
    queryMeta: {
      live?: readonly LiveTopic[];
      /** Not more often than this, ms, for what is dear to read or moves all the time. */
      liveSpacingMs?: number;
    };
  }
}
