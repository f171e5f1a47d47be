import "server-only";
import { guardedRead } from "../../auth/guard";
import { openRef } from "../../refs";
import { changesOf } from "../keyspace/changes";
import { surveyorOf } from "../keyspace/survey";
import { listChanges } from "./list-changes";
import { readUsageSamples } from "./read-samples";
import { exactKeySize, readUserStorage } from "./read-storage";
import { readOverview, readUsage } from "./read-usage";
import { changesInput, exactSizeInput, noInput, storageInput } from "./schema";

export const readStoreOverview = guardedRead({
  permission: "browse",
  input: noInput,
  run: async ({ store, console }) => readOverview(store, await surveyorOf(store, console).look()),
});

export const readStoreUsage = guardedRead({
  permission: "browse",
  input: noInput,
  run: async ({ store, console }) => readUsage(store, await surveyorOf(store, console).look()),
});

export const readSurveyStatus = guardedRead({
  permission: "browse",
  input: noInput,
  run: async ({ store, console }) => (await surveyorOf(store, console).look()).status,
});

export const readChanges = guardedRead({
  permission: "browse",
  input: changesInput,
  run: async ({ store }, { limit }) => listChanges(changesOf(store), limit),
});

export const readSamplesOfDay = guardedRead({
  permission: "browse",
  input: noInput,
  run: ({ console }) => readUsageSamples(console),
});

export const readStorageOfUser = guardedRead({
  permission: "browse",
  input: storageInput,
  run: ({ store, console }, { ref, page, sort }) => {
    changesOf(store).start();
    return readUserStorage(store, console, { userId: openRef("user", ref), page, sort });
  },
});

export const readExactKeySize = guardedRead({
  permission: "browse",
  input: exactSizeInput,
  run: ({ store }, { ref, key }) => exactKeySize(store, openRef("user", ref), openRef("key", key)),
});
