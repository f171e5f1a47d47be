/** A search goes through the door of actions, where a lost answer counts as a change of unknown outcome. */
import { SafeError } from "../../errors";
import { storeError } from "../store-errors";

/** Nothing is changed by `read`, so a lost answer is just that. */
export async function asRead<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const safe = storeError(error);
    if (safe?.code !== "store_timeout") throw error;
    throw new SafeError("store_unreachable", safe.message, {
      hint: "Nothing was changed. Search again in a moment.",
    });
  }
}
