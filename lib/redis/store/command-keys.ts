/**
 * Where the key stands in a command: a cluster is asked at the node that holds it. A table rather than COMMAND
 * GETKEYS, which would cost a round trip; a command that is not in it is refused, never guessed.
 */
import type { Arg, Command } from "./wire";

const words = (text: string) => new Set(text.trim().split(/\s+/));

/** Asked for one key as the first argument, and they change nothing: they may be asked again. */
const READS_OF_KEY = words(`
  DUMP EXISTS EXPIRETIME GET GETRANGE HEXISTS HGET HGETALL HKEYS HLEN HMGET HPEXPIRETIME HPTTL HRANDFIELD HSCAN HSTRLEN
  HTTL HVALS LINDEX LLEN LPOS LRANGE MGET PEXPIRETIME PTTL SCARD SISMEMBER SMEMBERS SSCAN STRLEN TTL TYPE VCARD VDIM
  VEMB VGETATTR VINFO VSIM XLEN XRANGE XREVRANGE ZCARD ZRANGE ZSCAN ZSCORE
`);

const WRITES_OF_KEY = words(`
  APPEND DECR DECRBY DEL EXPIRE EXPIREAT GETDEL GETEX HDEL HEXPIRE HEXPIREAT HGETDEL HGETEX HINCRBY HPERSIST HPEXPIRE
  HPEXPIREAT HSET HSETEX HSETNX INCR INCRBY LINSERT LPOP LPUSH LPUSHX LREM LSET LTRIM PERSIST PEXPIRE PEXPIREAT PSETEX
  RESTORE RPOP RPUSH RPUSHX SADD SET SETEX SETNX SPOP SREM UNLINK XADD XDEL XTRIM ZADD ZREM ZREMRANGEBYRANK
  ZREMRANGEBYSCORE
`);

/** `MEMORY USAGE key`, `OBJECT ENCODING key`. */
const SECOND = words("MEMORY OBJECT");
/** `EVAL script numkeys key …`. */
const SCRIPTS = words("EVAL EVALSHA EVAL_RO EVALSHA_RO FCALL FCALL_RO");
const READING_SCRIPTS = words("EVAL_RO EVALSHA_RO FCALL_RO");

/** About no key: any node may answer. Of these INFO and TIME speak of the node that was asked. */
const OF_NO_KEY = words("ACL COMMAND CONFIG DBSIZE ECHO HELLO INFO MODULE PING TIME");

/**
 * @returns the command's (first) key, null when it is about none
 * @throws TypeError for a command that is not known here: a defect of ours
 */
export function keyOf(command: Command): Arg | null {
  const name = command[0].toUpperCase();
  if (READS_OF_KEY.has(name) || WRITES_OF_KEY.has(name)) return command[1] ?? null;
  if (SECOND.has(name)) return command[2] ?? null;
  if (SCRIPTS.has(name)) return Number(command[2]) > 0 ? (command[3] ?? null) : null;
  // An index is asked at the node to which its name leads. One that has a coordinator may be asked anywhere and asks the
  // others itself; one without takes its name for a key, and answers MOVED elsewhere (RediSearch issue 3573).
  if (name.startsWith("FT.")) return command[1] ?? null;
  if (OF_NO_KEY.has(name)) return null;
  throw new TypeError(`where the key of ${name} stands is not known: lib/redis/store/command-keys.ts`);
}

/** May it be sent a second time when nobody knows what became of the first? */
export function isRead(command: Command): boolean {
  const name = command[0].toUpperCase();
  return READS_OF_KEY.has(name) || SECOND.has(name) || READING_SCRIPTS.has(name) || OF_NO_KEY.has(name);
}
