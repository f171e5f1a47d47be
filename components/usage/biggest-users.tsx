import { Bars } from "@/components/ui/bars";
import { Bytes } from "@/components/ui/bytes";
import { VisibleText } from "@/components/ui/visible-text";
import type { UserShare } from "@/lib/redis/usage/schema";
import { colorOf, wordOf } from "./words";

/** Who takes most, each bar divided by class. */
export function BiggestUsers({ users }: { users: UserShare[] }) {
  return (
    <Bars
      label="The users with the most bytes"
      items={users.map((user) => ({
        id: user.ref,
        label: <VisibleText inline limit={80} text={user.label} className="font-mono text-[0.93em]" />,
        href: `/users/${user.ref}/storage`,
        value: user.sizeBytes,
        valueText: <Bytes value={user.sizeBytes} approx />,
        parts: partsOf(user),
      }))}
    />
  );
}

function partsOf({ sizeBytes, sessionBytes, memoryBytes }: UserShare) {
  const parts = [
    { label: wordOf("sessions"), value: sessionBytes, color: colorOf("sessions") },
    { label: wordOf("memories"), value: memoryBytes, color: colorOf("memories") },
    { label: "The rest", value: sizeBytes - sessionBytes - memoryBytes, color: colorOf("other") },
  ];
  return parts.filter(({ value }) => value > 0);
}
