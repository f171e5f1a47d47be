"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { QueryState } from "@/components/query/query-state";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/code";
import { PageLink } from "@/components/ui/page-link";
import { SkeletonRows } from "@/components/ui/skeleton";
import { formatCount } from "@/lib/format";
import type { IndexesState } from "@/lib/redis/indexes/types";
import { NoEngine } from "./no-engine";
import { indexesQuery } from "./queries";
import { type ReEmbedPlace, reEmbedHref } from "./re-embed-address";

/** The first step: which of the configured models the memories shall be embedded with. */
export function ChooseModel({ place }: { place: ReEmbedPlace }) {
  const query = useQuery(indexesQuery());
  return (
    <Card aria-labelledby="choose-model">
      <CardHeader id="choose-model" title="1 · Choose the model" />
      <CardBody>
        <QueryState
          query={query}
          skeleton={<SkeletonRows rows={2} columns={2} label="Loading the models" />}
          errorTitle="The models could not be read"
        >
          {(state) => <Models state={state} place={place} />}
        </QueryState>
      </CardBody>
    </Card>
  );
}

function Models({ state, place }: { state: IndexesState; place: ReEmbedPlace }) {
  if (!state.engine) return <NoEngine />;
  const from = state.indexes.find(({ name }) => name === place.from);
  if (!from) {
    return (
      <Callout tone="warn" title={`There is no index ${place.from} any more`}>
        Begin from an index on the{" "}
        <PageLink href="/indexes" className="underline">
          Index page
        </PageLink>
        .
      </Callout>
    );
  }
  const others = state.models.filter(({ model }) => model !== from.model.name);
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p className="text-fg-muted">
        <Mono className="text-fg">{from.name}</Mono> holds vectors of{" "}
        <Mono className="text-fg">{from.model.name ?? "a model that is not known"}</Mono>
        {from.model.by === "guess" ? " (a guess)" : ""}. They stay as they are: the other model's lie in
        another field of the same hashes.
      </p>
      {others.length === 0 ? (
        <Callout title="No other model is configured">
          Set EMBEDDINGS_NEXT_PROVIDER and its companions, start the console again, and come back: both models
          are then known at once.
        </Callout>
      ) : (
        <ul className="grid gap-2 sm:grid-cols-2">
          {others.map(({ model, dimensions, field, provider }) => (
            <li key={`${model} ${field}`}>
              <PageLink
                href={reEmbedHref({ from: place.from, model, to: null })}
                aria-current={model === place.model ? "true" : undefined}
                className={clsx(
                  "block rounded-lg border p-3 transition-colors duration-100 hover:bg-hover",
                  model === place.model && "border-accent bg-accent-bg",
                )}
              >
                <Mono className="font-medium">{model}</Mono>
                <span className="block text-xs text-fg-muted">
                  {formatCount(dimensions)} dimensions into the field <bdi className="font-mono">{field}</bdi>
                  , {provider === "bundled" ? "computed here" : "asked for at its endpoint"}
                </span>
              </PageLink>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
