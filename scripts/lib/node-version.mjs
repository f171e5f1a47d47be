// Old Node versions have to be able to read this file and those that import it: plain syntax only.

/** Ends with a clear message when this Node is too old for the console. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  console.error(
    "Memory Console needs Node.js 20.9 or later; this is " +
      process.versions.node +
      ".\n" +
      "Get one from nodejs.org, or with a version manager: nvm install 20",
  );
  process.exit(1);
}
