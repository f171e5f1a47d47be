/**
 * Configuration: read from the environment once, checked here and nowhere else. A wrong value stops the
 * start with the variable's name, the rule and an example.
 */
import { z } from "zod";
import { ROLES, type Role } from "./auth/permissions";
import { checkModels, modelVariables } from "./env-models";
import { flag, optionalText, wholeNumber } from "./env-values";
import { parseStoreAddress } from "./redis/store/store-address";

const redisUrl = z
  .string()
  .refine(
    (url) => parseStoreAddress(url) !== null,
    "must be a redis:// or rediss:// address, for example redis://127.0.0.1:6379, " +
      "redis+sentinel://10.0.0.1:26379,10.0.0.2:26379/mymaster or redis+cluster://10.0.0.1:7000,10.0.0.2:7001",
  );

function isLoopback(host: string): boolean {
  return ["127.0.0.1", "localhost", "::1", "[::1]"].includes(host);
}

/** `group=role` pairs, comma between them; the first that an operator is in decides. */
const groupRoles = z.string().transform((text, context) => {
  const pairs = text.split(",").map((pair) => /^\s*(.+?)\s*=\s*(\w+)\s*$/.exec(pair)?.slice(1));
  if (pairs.every((pair) => pair && (ROLES as readonly string[]).includes(pair[1]!))) {
    return pairs.map((pair) => ({ group: pair![0]!, role: pair![1] as Role }));
  }
  context.addIssue({
    code: "custom",
    message: `must be group=role pairs, role one of ${ROLES.join(", ")}, for example memory-admins=admin,helpdesk=support`,
  });
  return z.NEVER;
});

const WINDOW_RULE =
  "must be field:seconds:limit, comma between windows, each field once, for example requests_per_week:604800:5000";

/** More request windows, or others in place of the built-in ones: `field:seconds:limit`. */
const limitWindows = z.string().transform((text, context) => {
  const windows = text.split(",").map((part) => {
    const [, field, seconds, limit] = /^\s*([A-Za-z][\w.-]{0,63}):(\d{1,9}):(\d{1,10})\s*$/.exec(part) ?? [];
    return { field: field ?? "", seconds: Number(seconds), limit: Number(limit) };
  });
  const right = windows.every(
    ({ field, seconds, limit }) =>
      field !== "" && seconds >= 1 && seconds <= 31_622_400 && limit >= 1 && limit <= 1_000_000_000,
  );
  // A window is called by what follows requests_per_, so no other field may be called by a built-in one's name.
  const taken = windows.some(({ field }) => ["minute", "hour", "day"].includes(field));
  const names = new Set(windows.map(({ field }) => field.replace(/^requests_per_/, "")));
  if (right && !taken && names.size === windows.length && windows.length <= 20) return windows;
  context.addIssue({ code: "custom", message: WINDOW_RULE });
  return z.NEVER;
});

const schema = z
  .object({
    REDIS_URL: redisUrl.default("redis://127.0.0.1:6379"),
    CONSOLE_REDIS_URL: redisUrl.optional(),
    USER_KEY_PREFIX: z
      .string()
      .min(1, "must not be empty, for example user:")
      .max(256, "must be at most 256 characters, for example user:")
      .default("user:"),
    USER_KEY_HASHTAG: flag,
    MEMORY_INDEX: z
      .string()
      .min(1, "must not be empty, for example idx:preferences")
      .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces, for example idx:preferences")
      .default("idx:preferences"),
    ...modelVariables,
    PORT: wholeNumber("PORT", 0, 65535, 3000).default(3000),
    HOST: z.string().min(1, "must not be empty, for example 127.0.0.1").default("127.0.0.1"),
    PUBLIC_URL: z
      .url({
        protocol: /^https?$/,
        error: "must be an http(s) address, for example https://memory.example.org",
      })
      .optional(),
    CONSOLE_SECRET: z
      .string({
        error:
          "is missing; it must be a random text of at least 32 characters, for example from: openssl rand -base64 32",
      })
      .min(32, "must have at least 32 characters, for example from: openssl rand -base64 32"),
    CONSOLE_DEMO: flag,
    SESSION_IDLE_MINUTES: wholeNumber("SESSION_IDLE_MINUTES", 1, 1440, 30).default(30),
    SESSION_MAX_HOURS: wholeNumber("SESSION_MAX_HOURS", 1, 720, 12).default(12),
    READS_PER_MINUTE: wholeNumber("READS_PER_MINUTE", 10, 1_000_000, 3000).default(3_000),
    RATE_LIMIT_WINDOWS: limitWindows.default([]),
    WRITES_PER_MINUTE: wholeNumber("WRITES_PER_MINUTE", 1, 1_000_000, 120).default(120),
    TRUSTED_PROXIES: wholeNumber("TRUSTED_PROXIES", 0, 9, 1).default(0),
    AUDIT_MIRROR: optionalText,
    AUDIT_KEEP_DAYS: wholeNumber("AUDIT_KEEP_DAYS", 0, 36500, 1825).default(0),
    OIDC_ISSUER: z
      .url({ protocol: /^https?$/, error: "must be an http(s) address, for example https://id.example.org" })
      .optional(),
    OIDC_CLIENT_ID: optionalText,
    OIDC_CLIENT_SECRET: optionalText,
    OIDC_SCOPES: z.string().default("openid profile email"),
    OIDC_GROUPS_CLAIM: z.string().default("groups"),
    OIDC_ROLES: groupRoles.default([]),
  })
  .superRefine((value, context) => {
    const wrong = (name: string, message: string) =>
      context.addIssue({ code: "custom", path: [name], message });
    // Its scripts write several keys at once, which lie in several slots.
    const ownKind = parseStoreAddress(value.CONSOLE_REDIS_URL ?? value.REDIS_URL)?.kind;
    if (ownKind === "cluster") {
      const needs = "must be one server or sentinels, for example redis://127.0.0.1:6379";
      wrong(
        "CONSOLE_REDIS_URL",
        value.CONSOLE_REDIS_URL
          ? `${needs}: never a cluster`
          : `is demanded when REDIS_URL is a cluster; it ${needs}`,
      );
    }
    if (value.CONSOLE_DEMO && !isLoopback(value.HOST)) {
      wrong(
        "CONSOLE_DEMO",
        "lets anyone in with one click, so HOST must be 127.0.0.1; leave CONSOLE_DEMO out elsewhere",
      );
    }
    if (value.OIDC_ISSUER) {
      for (const name of ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "PUBLIC_URL"] as const) {
        if (value[name] === undefined) wrong(name, "is demanded when OIDC_ISSUER is set");
      }
      if (value.OIDC_ROLES.length === 0) {
        wrong("OIDC_ROLES", "is demanded when OIDC_ISSUER is set, for example memory-admins=admin");
      }
      if (/^http:/.test(value.OIDC_ISSUER) && !isLoopback(new URL(value.OIDC_ISSUER).hostname)) {
        wrong("OIDC_ISSUER", "must be an https address (http is taken on this machine only)");
      }
    }
    checkModels(value, wrong);
  })
  .transform((value) => ({ ...value, CONSOLE_REDIS_URL: value.CONSOLE_REDIS_URL ?? value.REDIS_URL }));

export type Env = z.output<typeof schema>;

/**
 * Check a set of variables.
 * @throws Error whose message has one line `NAME rule` for every variable that is wrong. Values are never shown:
 * they may hold passwords.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  // An empty variable means "not set": compose files and .env templates leave them so.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
  throw new Error(`The configuration is not right:\n${lines.join("\n")}`);
}

let cached: Env | undefined;

/** The process's configuration. Read lazily: route modules are evaluated at build time, where nothing is set. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}
