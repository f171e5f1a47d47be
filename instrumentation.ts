/** Runs once when the server process starts. A wrong configuration ends it here, with the reason. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { checkEnvOrExit } = await import("./lib/env-check");
  checkEnvOrExit();
  const { markPeers } = await import("./lib/auth/peer");
  markPeers();
  const { letGoOfConnectionsAtEnd } = await import("./lib/shutdown");
  letGoOfConnectionsAtEnd();
  // In the background: the console answers while its Redis is still coming.
  const { consoleState } = await import("./lib/redis/client");
  const { welcomeFirstAdministrator } = await import("./lib/redis/sign-in/first-start");
  void welcomeFirstAdministrator(consoleState());
}
