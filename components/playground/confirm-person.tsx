"use client";

import { type FormEvent, useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Mono } from "@/components/ui/code";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Trouble } from "./begin";
import { useStart } from "./mutations";

/** A real person's store is written only for who types their id. */
export function ConfirmPerson({
  person,
  masked,
}: {
  person: { ref: string; label: string };
  masked: boolean;
}) {
  const start = useStart();
  const [typed, setTyped] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (typed !== "" && !start.isPending) start.mutate({ user: person.ref, confirm: typed });
  }

  return (
    <Card aria-labelledby="confirm-person" className="max-w-2xl">
      <CardHeader
        id="confirm-person"
        title={
          <>
            Act as the assistant for <Mono>{person.label}</Mono>
          </>
        }
      />
      <CardBody>
        <form onSubmit={submit} className="flex flex-col gap-3 text-sm">
          <Callout tone="warn" title="This writes to a real person's store">
            Requests count against their limits, messages go into a session of their own, facts into their
            memories. All their keys are copied first and can be put back for an hour.
          </Callout>
          <Field
            label={
              masked ? (
                "Type this person's id to confirm"
              ) : (
                <>
                  Type <Mono className="font-medium text-fg">{person.label}</Mono> to confirm
                </>
              )
            }
          >
            <Input
              value={typed}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
              className="max-w-sm font-mono"
            />
          </Field>
          <Trouble error={start.error} />
          <div className="flex flex-wrap gap-2">
            <ButtonLink href="/playground">Take a throw-away person instead</ButtonLink>
            <Button
              type="submit"
              variant="primary"
              pending={start.isPending || start.isSuccess}
              disabled={typed === ""}
            >
              Copy their keys and begin
            </Button>
          </div>
        </form>
      </CardBody>
    </Card>
  );
}
