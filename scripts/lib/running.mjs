import { dataFolder } from "./data-folder.mjs";
import { isHeld, readClaim } from "./lock.mjs";

/**
 * What `npm start`, `npm run dev` or `npm run redis` runs just now on this data folder.
 * @param {string} data
 * @returns {{redisUrl: string, consoleUrl: string | undefined, secretFile: string} | undefined}
 */
export function findRunning(data) {
  for (const empty of [false, true]) {
    const folder = dataFolder(data, { empty });
    const claim = readClaim(folder.claim);
    if (!claim || !isHeld(claim) || !claim.details.redis) continue;
    const { redis, console: server } = claim.details;
    return { redisUrl: redis.url, consoleUrl: server?.url, secretFile: folder.secret };
  }
  return undefined;
}
