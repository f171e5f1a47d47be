import "server-only";
import { guardedRead } from "../../auth/guard";
import { openRef } from "../../refs";
import { changesOf } from "../keyspace/changes";
import { surveyorOf } from "../keyspace/survey";
import { listChanges } from "./list-changes";
import { maskChanges, maskExactSize, maskOverview, maskUsage, maskUserStorage } from "./mask";
import { readUsageSamples } from "./read-samples";
import { exactKeySize, readUserStorage } from "./read-storage";
import { readOverview, readUsage } from "./read-usage";
import { changesInput, exactSizeInput, noInput, storageInput } from "./schema";

export const readStoreOverview = guardedRead({
  name: "usage.overview",
  permission: "browse",
  input: noInput,
  run: async ({ store, console }) => readOverview(store, await surveyorOf(store, console).look()),
  mask: maskOverview,
});

export const readStoreUsage = guardedRead({
  name: "usage.read",
  permission: "browse",
  input: noInput,
  run: async ({ store, console }) => readUsage(store, await surveyorOf(store, console).look()),
  mask: maskUsage,
});

export const readSurveyStatus = guardedRead({
  name: "usage.survey",
  permission: "browse",
  input: noInput,
  run: async ({ store, console }) => (await surveyorOf(store, console).look()).status,
  mask: "impersonal",
});

export const readChanges = guardedRead({
  name: "usage.changes",
  permission: "browse",
  input: changesInput,
  run: async ({ store }, { limit }) => listChanges(changesOf(store), limit),
  mask: maskChanges,
});

export const readSamplesOfDay = guardedRead({
  name: "usage.samples",
  permission: "browse",
  input: noInput,
  run: ({ console }) => readUsageSamples(console),
  mask: "impersonal",
});

export const readStorageOfUser = guardedRead({
  name: "usage.storage",
  permission: "browse",
  input: storageInput,
  subject: ({ ref }) => openRef("user", ref),
  run: ({ store, console }, { ref, page, sort }) => {
    changesOf(store).start();
    return readUserStorage(store, console, { userId: openRef("user", ref), page, sort });
  },
  mask: maskUserStorage,
});

export const readExactKeySize = guardedRead({
  name: "usage.exact-size",
  permission: "browse",
  input: exactSizeInput,
  subject: ({ ref }) => openRef("user", ref),
  run: ({ store }, { ref, key }) => exactKeySize(store, openRef("user", ref), openRef("key", key)),
  mask: maskExactSize,
});
