/** What an erasure would take, for an officer whose screen is masked: how much, and not whose. */
import { parseDisplayed } from "../../bytes";
import { MASK, type Masker, maskKeyName, roughBytes } from "../../masking";
import { sealRef } from "../../refs";
import type { ClassHolding, DisputedKey, ErasurePreview, KeySample, Twin } from "./schema";

export function maskPreview(
  preview: ErasurePreview,
  masker: Masker,
  { ref }: { ref: string },
): ErasurePreview {
  if (!masker.hides(ref)) return preview;
  return {
    user: masker.label(ref),
    checkedAtMs: preview.checkedAtMs,
    tookMs: preview.tookMs,
    complete: preview.complete,
    weighedKeys: preview.weighedKeys,
    holdings: preview.holdings.map((holding) => maskHolding(holding, masker)),
    keys: preview.keys,
    sizeBytes: rough(preview.sizeBytes),
    disputed: {
      total: preview.disputed.total,
      items: preview.disputed.items.map((key) => maskDisputed(key, masker)),
    },
    twins: {
      total: preview.twins.total,
      items: preview.twins.items.map((twin) => maskTwin(twin, masker)),
    },
    indexedDocuments: preview.indexedDocuments,
    indexedComplete: preview.indexedComplete,
    planDigest: preview.planDigest,
    masked: true,
  };
}

function rough(bytes: number | null): number | null {
  return bytes === null ? null : roughBytes(bytes);
}

function maskHolding(holding: ClassHolding, masker: Masker): ClassHolding {
  return {
    class: holding.class,
    keys: holding.keys,
    sizeBytes: rough(holding.sizeBytes),
    withLife: holding.withLife,
    withoutLife: holding.withoutLife,
    withoutUserId: holding.withoutUserId,
    samples: holding.samples.map((sample) => maskSample(sample, masker)),
  };
}

function maskSample({ display, sizeBytes, ttlMs }: KeySample, masker: Masker): KeySample {
  return { display: maskKeyName(parseDisplayed(display), masker), sizeBytes: rough(sizeBytes), ttlMs };
}

function maskDisputed(key: DisputedKey, masker: Masker): DisputedKey {
  return {
    ...maskSample(key, masker),
    keyRef: key.keyRef,
    type: key.type,
    reason: key.reason,
    otherUser: key.otherUser === null ? null : maskUserText(key.otherUser, masker),
    foundBy: key.foundBy,
  };
}

/** A field may name a person without a reference: it is the same pseudonym as everywhere. */
function maskUserText(shown: string, masker: Masker): string {
  return shown === "" ? MASK : masker.label(sealRef("user", parseDisplayed(shown)));
}

function maskTwin({ userRef, keys }: Twin, masker: Masker): Twin {
  return { userRef, display: masker.label(userRef), keys };
}
