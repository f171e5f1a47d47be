"use client";

/** Parts of the account that no page needs before somebody asks for them: their code comes after the page. */
import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { signInNeed, subscribeSignInNeed } from "@/components/query/sign-in-needed";
import { OperatorButton } from "./operator-button";

const Menu = dynamic(() => import("./operator-menu").then((file) => file.OperatorMenu), {
  ssr: false,
  loading: () => <OperatorButton disabled />,
});
const SignInDialog = dynamic(() => import("./sign-in-again").then((file) => file.SignInAgain), {
  ssr: false,
});

/** Who is signed in, in the header. */
export function OperatorMenu() {
  return <Menu />;
}

/** Opens by itself when the console asks for a sign-in; what was refused is then tried again. */
export function SignInAgain() {
  const need = useSyncExternalStore(subscribeSignInNeed, signInNeed, () => null);
  return need ? <SignInDialog need={need} /> : null;
}
