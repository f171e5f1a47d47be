/** Runs once when the server process starts. A wrong configuration ends it here, with the reason. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { checkEnvOrExit } = await import("./lib/env-check");
  checkEnvOrExit();
  const { markPeers } = await import("./lib/auth/peer");
  markPeers();
}
