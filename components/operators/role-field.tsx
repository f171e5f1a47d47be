"use client";

import { ROLE_PURPOSE, ROLE_WORD } from "@/components/shell/role-words";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { ROLES, type Role } from "@/lib/auth/permissions";

export function RoleField({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  return (
    <Field label="Role" hint={`${ROLE_PURPOSE[value]}.`}>
      <Select
        value={value}
        onChange={(event) => onChange(ROLES.find((role) => role === event.target.value) ?? value)}
      >
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {ROLE_WORD[role]}
          </option>
        ))}
      </Select>
    </Field>
  );
}
