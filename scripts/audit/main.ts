/** The program behind `npm run verify-audit` and `npm run archive-audit`. */
import { archiveCommand } from "./archive";
import { verifyCommand } from "./verify";

const [command, ...argv] = process.argv.slice(2);
const main = command === "archive" ? archiveCommand : verifyCommand;
process.exit(await main(argv, (text) => process.stdout.write(`${text}\n`)));
