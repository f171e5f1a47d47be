import { dataFolder } from "./data-folder.mjs";
import { isHeld, readClaim } from "./lock.mjs";

/**
 * What `npm start`, `npm run dev` or `npm run redis` runs just now on this data folder.
 * @param {string} data
 * @param {boolean} [wanted] the empty store or the one with demo people; either when not given
 * @returns {{redisUrl: string, consoleUrl: string | undefined, secretFile: string} | undefined}
 */
export function findRunning(data, wanted) {
  for (const empty of wanted === undefined ? [false, true] : [wanted]) {
    const folder = dataFolder(data, { empty });
    const claim = readClaim(folder.claim);
    if (!claim || !isHeld(claim) || !claim.details.redis) continue;
    const { redis, console: server } = claim.details;
    return { redisUrl: redis.url, consoleUrl: server?.url, secretFile: folder.secret };
  }
  return undefined;
}
