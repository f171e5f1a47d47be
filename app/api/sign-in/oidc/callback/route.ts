import { comeFromProvider, signInDidNotWork } from "@/lib/auth/oidc/ways";
import { openDoor } from "@/lib/auth/open";
import { setSessionCookie } from "@/lib/auth/session-cookie";

export const GET = openDoor({
  name: "account.oidc-sign-in",
  run: async (context, request) => {
    const { signedIn, response } = await comeFromProvider(context, request);
    context.became(signedIn.operator);
    await setSessionCookie(signedIn.token);
    return response;
  },
  failed: signInDidNotWork,
});
