/** What the playground's page begins with: the models, the person, the run and its session so far. */
import { displayBytes } from "../../bytes";
import { embedder } from "../../embeddings/embedder";
import { sealRef } from "../../refs";
import { subjectOf } from "../../subjects";
import { keyOfSession } from "../messages/session-key";
import { isError, toBuffers } from "../store/reply";
import type { Store } from "../store/store";
import { chatOptions } from "./chat";
import { readSaid } from "./prompt";
import { HISTORY_MAX } from "./rules";
import { readRun } from "./run-state";
import { runDto } from "./start";
import type { PlaygroundMessage, PlaygroundState } from "./types";

export async function readPlayground(
  store: Store,
  consoleStore: Store,
  userId: Buffer | null,
): Promise<PlaygroundState> {
  const { provider, model, dimensions } = embedder();
  const chat = chatOptions();
  const models = {
    chat: chat && { model: chat.model },
    embedder: { provider, model, dimensions },
  };
  if (!userId) return { ...models, person: null, run: null, messages: [] };
  const person = { ref: sealRef("user", userId), label: displayBytes(userId) };
  const run = await readRun(consoleStore, subjectOf(userId));
  if (!run) return { ...models, person, run: null, messages: [] };
  const key = keyOfSession({ userId, sessionId: Buffer.from(run.session, "base64") });
  // A list of another type has no messages to show; the next message is refused, and says so.
  const [found] = await store.pipeline([["LRANGE", key, 0, HISTORY_MAX - 1]]);
  const messages = isError(found) ? [] : toBuffers(found).reverse().map(messageOf);
  return { ...models, person, run: runDto(userId, run), messages };
}

function messageOf(bytes: Buffer, position: number): PlaygroundMessage {
  const said = readSaid(bytes);
  if (!said)
    return { position, kind: "other", text: displayBytes(bytes.subarray(0, 2_000)), timestampMs: null };
  return { position, kind: said.type, text: said.content, timestampMs: said.timestampMs };
}
