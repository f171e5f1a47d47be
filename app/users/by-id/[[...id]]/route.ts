import { type ErrorDto, httpStatus, SafeError } from "@/lib/errors";
import { idFromAddress } from "@/lib/redis/users/id-path";
import { readUserRef } from "@/lib/redis/users/reads";

/** Redirects to the person's page, whose address does not carry the id. */
export async function GET(request: Request): Promise<Response> {
  let id: string | null;
  try {
    id = idFromAddress(request.url);
  } catch (error) {
    if (error instanceof SafeError) return refuse(error.toDto());
    throw error;
  }
  if (id === null) return redirect("/users");
  const found = await readUserRef({ id });
  if (found.ok) return redirect(`/users/${found.data.ref}`);
  // A link on another site brings no session cookie (SameSite=Strict); the sign-in looks again and comes back here.
  if (found.error.code === "signed_out") {
    const { pathname, search } = new URL(request.url);
    return redirect(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
  }
  return refuse(found.error);
}

function refuse(error: ErrorDto): Response {
  return Response.json({ ok: false, error }, { status: httpStatus(error.code) });
}

/** A path and no host: whatever a proxy says about the host, the browser stays where it is. */
function redirect(path: string): Response {
  return new Response(null, { status: 307, headers: { Location: path, "Cache-Control": "no-store" } });
}
