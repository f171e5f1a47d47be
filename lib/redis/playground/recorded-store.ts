/** A store that remembers what was sent through it, for a page that shows it. */
import { isUtf8 } from "../../bytes";
import { redisCliText } from "../query-engine/command-text";
import type { Store } from "../store/store";
import type { Command } from "../store/wire";
import type { PlaygroundCommand } from "./types";

const WRITTEN_DOWN = ["command", "pipeline", "transaction", "countingTransaction"] as const;
type WrittenDown = (typeof WRITTEN_DOWN)[number];

/** Everything but these four is the store's own. */
export function recorded(store: Store): { store: Store; commands: PlaygroundCommand[] } {
  const commands: PlaygroundCommand[] = [];
  const watching = new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (!(WRITTEN_DOWN as readonly unknown[]).includes(name)) return value.bind(target);
      return async (...sent: unknown[]) => {
        const startedAt = performance.now();
        try {
          return await value.apply(target, sent);
        } finally {
          const ms = performance.now() - startedAt;
          commands.push(
            ...written(name as WrittenDown, sent).map((text, at) => ({
              text,
              ms: at === 0 ? ms : null,
              times: 1,
            })),
          );
        }
      };
    },
  });
  return { store: watching, commands };
}

function written(name: WrittenDown, sent: unknown[]): string[] {
  if (name === "command") return [commandText(sent as unknown as Command)];
  const lines = (sent[0] as Command[]).map(commandText);
  return name === "pipeline" ? lines : [["MULTI", ...lines, "EXEC"].join("\n")];
}

/** Bytes that are no text are written as `\x…`, as the tutorial writes vectors. */
export function commandText(command: Command): string {
  const binaryAt = command.flatMap((part, at) => (Buffer.isBuffer(part) && !isUtf8(part) ? [at] : []));
  return redisCliText(command, binaryAt);
}
