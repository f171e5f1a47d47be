/**
 * A limit that was set in another process of the console, and one whose end came, told to the open pages of this one.
 * Limits lie in the console's own state, perhaps on another server, and have a subscription of their own. Where that is
 * refused, pages see such a limit with the person's next request.
 */
import { perOwner } from "../../per-process";
import { consoleKeys } from "../console-keys";
import { changesOf } from "../keyspace/changes";
import { Follower } from "../keyspace/changes-follower";
import { forgetRecentLimits } from "../limiter/cache";
import type { Store } from "../store/store";

function followLimits(store: Store, consoleStore: Store): Follower {
  const tell = () => {
    forgetRecentLimits(consoleStore);
    changesOf(store).tell({ kind: "limits" });
  };
  let wasReady = false;
  return new Follower(consoleStore, consoleKeys.rateLimits, {
    key: tell,
    ready: () => {
      // What was set while nobody listened.
      if (wasReady) tell();
      wasReady = true;
    },
    moved: () => {},
    lost: () => {},
  });
}

/** Start it with the first open page. */
export const limitsToldOf = perOwner("limits-told", followLimits);
