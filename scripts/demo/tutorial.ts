/** The tutorial this console was built around, as data: its commands word for word. */
import { readFileSync } from "node:fs";
import { redisCliWords } from "./redis-cli-words";

export interface TutorialCommand {
  line: string;
  words: Buffer[];
}

/** All commands of the tutorial in its order. */
export function tutorialCommands(): TutorialCommand[] {
  const text = readFileSync(new URL("./tutorial-commands.txt", import.meta.url), "utf8");
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => ({ line, words: redisCliWords(line) }));
}

/** The tutorial's commands of one name, for example all LPUSHes. */
export function tutorialCommandsNamed(name: string): Buffer[][] {
  return tutorialCommands()
    .map(({ words }) => words)
    .filter(([first]) => first?.toString() === name);
}
