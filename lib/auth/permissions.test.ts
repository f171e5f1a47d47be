import { describe, expect, test } from "vitest";
import { may, PERMISSIONS, type Permission, ROLES, type Role } from "./permissions";

/** The table as it was agreed, written out a second time: a change of rights must be made twice. */
const AGREED: Record<Permission, Role[]> = {
  browse: ["support", "compliance", "developer", "admin"],
  personal: ["compliance", "developer", "admin"],
  reveal: ["support", "compliance", "developer", "admin"],
  "reveal.without-reason": ["compliance", "admin"],
  "limits.repair": ["support", "developer", "admin"],
  "limits.edit": ["developer", "admin"],
  "sessions.edit": ["developer", "admin"],
  "sessions.download": ["compliance", "developer", "admin"],
  "memories.edit": ["developer", "admin"],
  erase: ["compliance", "admin"],
  export: ["compliance", "admin"],
  "indexes.edit": ["developer", "admin"],
  playground: ["developer", "admin"],
  "evaluation.edit": ["developer", "admin"],
  audit: ["support", "compliance", "developer", "admin"],
  "audit.all": ["compliance", "admin"],
  operators: ["admin"],
  account: ["support", "compliance", "developer", "admin"],
};

test("the permissions are those that were agreed", () => {
  expect(Object.keys(PERMISSIONS).sort()).toEqual(Object.keys(AGREED).sort());
});

describe.each(Object.keys(AGREED) as Permission[])("%s", (permission) => {
  test.each(ROLES)("%s", (role) => {
    expect(may(role, permission)).toBe(AGREED[permission].includes(role));
  });
});

test("what is not in the table is refused", () => {
  for (const role of ["", "Admin", "admin ", "root", "__proto__", "constructor", null, undefined]) {
    for (const permission of Object.keys(AGREED) as Permission[]) {
      expect(may(role as Role, permission), `${role} ${permission}`).toBe(false);
    }
  }
  for (const permission of [
    "",
    "everything",
    "erase ",
    "__proto__",
    "constructor",
    "toString",
    null,
    undefined,
  ]) {
    for (const role of ROLES) expect(may(role, permission as Permission), `${permission}`).toBe(false);
  }
});
