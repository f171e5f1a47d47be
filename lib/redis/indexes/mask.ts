/** The indexes for those who may not see whose memories are in them: failures without their key and their value. */
import { parseDisplayed } from "../../bytes";
import { MASK, type Masker, maskKeyName } from "../../masking";
import type { IndexDto, IndexesState, IndexFailureDto, IndexFieldDto } from "./types";

export function maskIndexes(state: IndexesState, masker: Masker): IndexesState {
  return {
    engine: state.engine,
    coversOneShard: state.coversOneShard,
    indexes: state.indexes.map((index) => maskIndex(index, state.userKeyPrefix, masker)),
    listed: state.listed,
    aliasesListed: state.aliasesListed,
    active: state.active,
    missingAdopted: state.missingAdopted,
    configuredName: state.configuredName,
    userKeyPrefix: state.userKeyPrefix,
    models: state.models,
  };
}

function maskIndex(index: IndexDto, userKeyPrefix: string, masker: Masker): IndexDto {
  return {
    name: index.name,
    keyType: index.keyType,
    prefixes: index.prefixes.map((prefix) => maskPrefix(prefix, userKeyPrefix)),
    // An expression over fields may name anybody.
    filter: index.filter === null ? null : MASK,
    options: index.options,
    stopWords: index.stopWords,
    coverage: index.coverage,
    fields: index.fields.map((field) => maskField(field, masker)),
    documents: index.documents,
    memories: index.memories,
    percentIndexed: index.percentIndexed,
    indexing: index.indexing,
    failures: index.failures,
    lastFailure: maskFailure(index.lastFailure, masker),
    sizes: index.sizes,
    mixesIds: index.mixesIds,
    uses: { adopted: index.uses.adopted, configured: index.uses.configured, aliases: index.uses.aliases },
    model: { name: index.model.name, by: index.model.by, dimensions: index.model.dimensions },
    foreignHits: index.foreignHits && {
      count: index.foreignHits.count,
      lastAtMs: index.foreignHits.lastAtMs,
    },
    // It speaks of indexes and operators alone.
    rebuild: index.rebuild,
  };
}

/** `user:` is everybody's, `user:alice:` is somebody's. */
function maskPrefix(prefix: string, userKeyPrefix: string): string {
  const everybody = [userKeyPrefix, `${userKeyPrefix}{`];
  if (!prefix.startsWith(userKeyPrefix) || everybody.includes(prefix)) return prefix;
  return `${userKeyPrefix}${MASK}`;
}

function maskField(field: IndexFieldDto, masker: Masker): IndexFieldDto {
  return {
    name: field.name,
    identifier: field.identifier,
    type: field.type,
    flags: field.flags,
    options: field.options,
    vector: field.vector,
    failures: field.failures,
    lastFailure: maskFailure(field.lastFailure, masker),
  };
}

function maskFailure(failure: IndexFailureDto | null, masker: Masker): IndexFailureDto | null {
  if (failure?.user && !masker.hides(failure.user.ref)) return failure;
  return (
    failure && {
      keyText: maskKeyName(parseDisplayed(failure.keyText), masker),
      user: failure.user && { ref: failure.user.ref, label: masker.label(failure.user.ref) },
      memoryRef: failure.memoryRef,
      reason: maskReason(failure.reason),
      held: failure.held,
      masked: true,
    }
  );
}

/** The engine's words without the value that it quotes. Lengths of vectors are the cause, and stay. */
function maskReason(reason: string): string {
  const vector = /blob size \d{1,9} \(expected size \d{1,9}\)/.exec(reason);
  if (vector) return `Could not add vector with ${vector[0]}`;
  const number = /^Invalid numeric value/.test(reason);
  return number ? "Invalid numeric value" : "The value does not fit the field";
}
