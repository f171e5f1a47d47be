"use server";

import { guardedAction } from "../../auth/guard";
import { cancelJob, pauseJob, resumeJob } from "../jobs/run-job";
import { adoptIndex, bindIndexModel } from "./adopt-index";
import { removeAlias, setAlias } from "./aliases";
import { createIndex } from "./create-index";
import { dropIndex } from "./drop-index";
import { rebuildJob, startRebuild } from "./rebuild";
import {
  adoptIndexInput,
  bindModelInput,
  createIndexInput,
  dropIndexInput,
  rebuildIndexInput,
  rebuildOrderInput,
  removeAliasInput,
  setAliasInput,
} from "./schema";

export const createIndexAction = guardedAction({
  name: "indexes.create",
  permission: "indexes.edit",
  input: createIndexInput,
  run: ({ store, console }, input) => createIndex(store, console, input),
  counts: () => ({ indexes: 1 }),
  mask: "impersonal",
});

export const adoptIndexAction = guardedAction({
  name: "indexes.adopt",
  permission: "indexes.edit",
  input: adoptIndexInput,
  run: ({ store, console }, input) => adoptIndex(store, console, input),
  counts: ({ name }) => ({ indexes: name === null ? 0 : 1 }),
  mask: "impersonal",
});

export const bindModelAction = guardedAction({
  name: "indexes.bind-model",
  permission: "indexes.edit",
  input: bindModelInput,
  run: ({ store, console }, input) => bindIndexModel(store, console, input),
  counts: () => ({ indexes: 1 }),
  mask: "impersonal",
});

export const setAliasAction = guardedAction({
  name: "indexes.set-alias",
  permission: "indexes.edit",
  input: setAliasInput,
  run: ({ store, console }, input) => setAlias(store, console, input),
  counts: () => ({ aliases: 1 }),
  mask: "impersonal",
});

export const removeAliasAction = guardedAction({
  name: "indexes.remove-alias",
  permission: "indexes.edit",
  input: removeAliasInput,
  run: ({ store, console }, input) => removeAlias(store, console, input),
  counts: () => ({ aliases: 1 }),
  mask: "impersonal",
});

export const dropIndexAction = guardedAction({
  name: "indexes.drop",
  permission: "indexes.edit",
  input: dropIndexInput,
  run: ({ store, console }, input) => dropIndex(store, console, input),
  counts: () => ({ indexes: 1 }),
  mask: "impersonal",
  fresh: true,
});

export const rebuildIndexAction = guardedAction({
  name: "indexes.rebuild",
  permission: "indexes.edit",
  input: rebuildIndexInput,
  run: async (context, input) => ({ started: (await startRebuild(context, input)).started }),
  counts: ({ started }) => ({ indexes: started ? 1 : 0 }),
  mask: "impersonal",
});

export const pauseRebuildAction = guardedAction({
  name: "indexes.pause-rebuild",
  permission: "indexes.edit",
  input: rebuildOrderInput,
  run: (context, { index }) => pauseJob(context, index, rebuildJob.kind),
  mask: "impersonal",
});

export const resumeRebuildAction = guardedAction({
  name: "indexes.resume-rebuild",
  permission: "indexes.edit",
  input: rebuildOrderInput,
  run: async (context, { index }) => {
    const { started } = await resumeJob(context, rebuildJob, { scope: index });
    return { started };
  },
  mask: "impersonal",
});

export const cancelRebuildAction = guardedAction({
  name: "indexes.cancel-rebuild",
  permission: "indexes.edit",
  input: rebuildOrderInput,
  run: (context, { index }) => cancelJob(context, index, rebuildJob.kind),
  mask: "impersonal",
});
