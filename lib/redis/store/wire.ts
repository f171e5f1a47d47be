/** What goes to Redis and what comes back. */
export type Arg = string | Buffer | number;
/** A command as Redis documents it, for example `["LRANGE", key, 0, 4]`. */
export type Command = readonly [name: string, ...args: Arg[]];
export type Reply = Buffer | string | number | null | Reply[];
