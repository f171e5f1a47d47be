import { authorizationTests } from "./support/authorization";
import { test } from "./support/test";

// The doors' own limits are tried elsewhere; here they would refuse what is to be tried.
test.use({ consoleEnv: { READS_PER_MINUTE: "1000000", WRITES_PER_MINUTE: "1000000" } });

authorizationTests("there");
