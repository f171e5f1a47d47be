import { goToProvider, signInDidNotWork } from "@/lib/auth/oidc/ways";
import { openDoor } from "@/lib/auth/open";

export const GET = openDoor({
  name: "account.oidc-start",
  run: (context, request) => goToProvider(context, request),
  failed: signInDidNotWork,
});
