// npm run operators
import { requireNode } from "./lib/node-version.mjs";

const USAGE = `npm run operators -- COMMAND

  list                       everybody who may sign in
  add NAME --role ROLE       somebody new; ROLE is support, compliance, developer or admin
  role NAME ROLE             another role, from the next request on
  disable NAME               out, from the next request on
  enable NAME                in again
  reset-password NAME        a new password; signs out everywhere
  sign-out NAME              signs out everywhere

  --password-stdin   add and reset-password read the password from standard input; without it a random one is
                     made up and shown once
  --empty            the store of npm start --empty
  --data PATH        where npm start keeps its store (default: .data)
  --help

It works on CONSOLE_REDIS_URL or REDIS_URL, from the environment or .env, with CONSOLE_SECRET; without them on the
store of npm start, whether it runs or not. Every change is written to the audit log as done by "command-line".`;

requireNode();
const { runMain } = await import("./lib/stopper.mjs");
const { runOperators } = await import("./lib/run-operators.mjs");
await runMain(() => runOperators(USAGE, process.argv.slice(2)));
