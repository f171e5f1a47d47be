"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { ConsoleError, describeError } from "@/components/query/console-error";
import { type SignInNeed, settleSignIn } from "@/components/query/sign-in-needed";
import { meQuery } from "@/components/shell/me-query";
import { useOperator } from "@/components/shell/operator";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import type { ErrorDto, Result } from "@/lib/errors";
import { demoSignInAction, signInAction, signInAgainAction } from "@/lib/redis/account/actions";
import type { Me } from "@/lib/redis/account/schema";

const WORDS: Record<SignInNeed, { title: string; text: string }> = {
  signed_out: {
    title: "Your session has ended",
    text: "Sign in and go on where you were: what you typed is still here.",
  },
  sign_in_again: {
    title: "Sign in again for this",
    text: "It needs a sign-in of the last five minutes, so that an open screen is not enough.",
  },
};

/** Asks for the sign-in that is needed; what was refused is then tried again. */
export function SignInAgain({ need }: { need: SignInNeed }) {
  const { me } = useOperator();
  const leave = () => (need === "signed_out" ? window.location.assign("/sign-in") : settleSignIn(false));
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : leave())}
      title={WORDS[need].title}
      description={WORDS[need].text}
      size="sm"
    >
      {me ? <Again me={me} need={need} onLeave={leave} /> : <NoName onLeave={leave} />}
    </Dialog>
  );
}

type AgainProps = { me: Me; need: SignInNeed; onLeave: () => void };

function Again({ me, need, onLeave }: AgainProps) {
  const queries = useQueryClient();
  const router = useRouter();
  const [password, setPassword] = useState("");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ErrorDto | null>(null);

  async function send(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    setError(null);
    const result = await ask(me, need, password).catch(lost);
    setPending(false);
    if (!result.ok) return setError(result.error);
    settleSignIn(true);
    await queries.invalidateQueries(need === "signed_out" ? {} : { queryKey: meQuery().queryKey });
    if (need === "signed_out") router.refresh();
  }

  if (me.via === "oidc") return <AtProvider onDone={() => settleSignIn(true)} onLeave={onLeave} />;
  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <p className="text-sm">
        You are <bdi className="font-medium">{me.name}</bdi>.
      </p>
      {me.via === "demo" ? null : (
        <Field label="Password" error={error?.field === "password" ? error.message : undefined}>
          <Input
            type="password"
            name="password"
            autoComplete="current-password"
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
      )}
      {error && error.field !== "password" ? (
        <Callout tone="danger" title={error.message}>
          {error.hint}
        </Callout>
      ) : null}
      <FormActions
        onCancel={onLeave}
        cancelLabel={need === "signed_out" ? "Leave" : "Not now"}
        submitLabel={me.via === "demo" ? `Go on as ${me.name}` : "Sign in"}
        pending={pending}
      />
    </form>
  );
}

function ask(me: Me, need: SignInNeed, password: string): Promise<Result<unknown>> {
  if (need === "signed_out") {
    return me.via === "demo"
      ? demoSignInAction({ role: me.role })
      : signInAction({ name: me.name, password });
  }
  return signInAgainAction({ password });
}

/** Another tab asks the provider, so that this page and what is typed in it stay. */
function AtProvider({ onDone, onLeave }: { onDone: () => void; onLeave: () => void }) {
  return (
    <div className="flex flex-col gap-4 text-sm">
      <p>
        Your organisation signs you in. It opens in a new tab; come back here when it says that you are in.
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onLeave}>Not now</Button>
        <Button
          onClick={() =>
            window.open("/api/sign-in/oidc/start?again=1&next=/sign-in/done", "_blank", "noopener")
          }
        >
          Open the sign-in
        </Button>
        <Button variant="primary" onClick={onDone}>
          I have signed in
        </Button>
      </div>
    </div>
  );
}

function NoName({ onLeave }: { onLeave: () => void }) {
  return (
    <div className="flex justify-end">
      <Button variant="primary" onClick={onLeave}>
        To the sign-in
      </Button>
    </div>
  );
}

function lost(error: unknown): Result<never> {
  const { message, hint } = describeError(
    error instanceof ConsoleError
      ? error
      : new ConsoleError({ code: "console_unreachable", message: "The console did not answer." }),
  );
  return { ok: false, error: { code: "internal", message, hint } };
}
