import { httpStatus } from "@/lib/errors";
import { idFromAddress } from "@/lib/redis/users/id-path";
import { readUserRef } from "@/lib/redis/users/reads";

/** Redirects to the person's page, whose address does not carry the id. */
export async function GET(request: Request): Promise<Response> {
  const id = idFromAddress(request.url);
  if (id === null) return redirect("/users");
  const found = await readUserRef({ id });
  if (!found.ok) return Response.json(found, { status: httpStatus(found.error.code) });
  return redirect(`/users/${found.data.ref}`);
}

/** A path and no host: whatever a proxy says about the host, the browser stays where it is. */
function redirect(path: string): Response {
  return new Response(null, { status: 307, headers: { Location: path, "Cache-Control": "no-store" } });
}
