import { assistantStore, consoleState } from "@/lib/redis/client";
import { readConnection } from "@/lib/redis/connection/operations";

/**
 * For load balancers and container checks, so without sign-in and under any host name: state and versions only,
 * no address, no data. 200 when both servers answer, 503 otherwise.
 */
export async function GET(): Promise<Response> {
  const { state, version, mode, primaries, queryEngine, latencyMs, consoleStateDown } = await readConnection(
    assistantStore(),
    consoleState(),
  );
  const healthy = state === "up" && !consoleStateDown;
  return Response.json(
    {
      status: healthy ? "ok" : "unavailable",
      store: { state, version, mode, primaries, latencyMs },
      engine: queryEngine,
      consoleState: consoleStateDown ? "down" : "up",
    },
    { status: healthy ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
