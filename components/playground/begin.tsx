"use client";

import { FlaskConical, UserRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { describeError } from "@/components/query/console-error";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useChoosePerson, useStart } from "./mutations";

/** For whom: somebody made for it, or a person by their id. */
export function Begin() {
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      <ThrowAway />
      <Chosen />
    </div>
  );
}

function ThrowAway() {
  const start = useStart();
  return (
    <Card aria-labelledby="begin-throw-away">
      <CardHeader id="begin-throw-away" title="A throw-away person" icon={<FlaskConical aria-hidden />} />
      <CardBody className="flex flex-col items-start gap-3 text-sm">
        <p className="text-fg-muted">
          A fresh id that begins with <code>playground-</code>, without history or memories. One button takes
          all of it away again; what is forgotten ends by itself within a day.
        </p>
        <Trouble error={start.error} />
        <Button
          variant="primary"
          pending={start.isPending || start.isSuccess}
          onClick={() => start.mutate({})}
        >
          Begin
        </Button>
      </CardBody>
    </Card>
  );
}

function Chosen() {
  const choose = useChoosePerson();
  const [typed, setTyped] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (typed !== "" && !choose.isPending) choose.mutate(typed);
  }

  return (
    <Card aria-labelledby="begin-chosen">
      <CardHeader id="begin-chosen" title="A chosen person" icon={<UserRound aria-hidden />} />
      <CardBody>
        <form onSubmit={submit} className="flex flex-col items-start gap-3 text-sm">
          <p className="text-fg-muted">
            With their own history, limits and memories. Their store is written, so it is copied first, and
            they can be put back for an hour.
          </p>
          <Field label="Id of the person" className="w-full max-w-sm">
            <Input
              value={typed}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
              className="font-mono"
            />
          </Field>
          <Trouble error={choose.error} />
          <Button type="submit" pending={choose.isPending} disabled={typed === ""}>
            Choose
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}

export function Trouble({ error }: { error: unknown }) {
  if (!error) return null;
  const { message, hint } = describeError(error);
  return (
    <Callout tone="danger" title={message} className="w-full">
      {hint}
    </Callout>
  );
}
