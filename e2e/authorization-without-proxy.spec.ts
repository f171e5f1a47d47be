import { authorizationTests } from "./support/authorization";
import { test } from "./support/test";

test.use({
  consoleEnv: { READS_PER_MINUTE: "1000000", WRITES_PER_MINUTE: "1000000" },
  proxyFile: "removed",
});

authorizationTests("removed");
