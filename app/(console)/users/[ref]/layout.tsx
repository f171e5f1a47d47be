import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { RevealButton } from "@/components/account/reveal-button";
import { Hydrated } from "@/components/query/hydrate";
import { LimitSentence } from "@/components/rate-limits/limit-sentence";
import { rateLimitsQuery } from "@/components/rate-limits/queries";
import { userHeadQuery } from "@/components/users/queries";
import { UserHeader } from "@/components/users/user-header";
import { readUserRateLimits } from "@/lib/redis/rate-limits/reads";
import { readUserHead, readUserName } from "@/lib/redis/users/reads";
import { openRef } from "@/lib/refs";
import { pseudonymOf, subjectOf } from "@/lib/subjects";

export const metadata: Metadata = { title: "User" };

type Props = { params: Promise<{ ref: string }>; children: ReactNode };

export default async function UserLayout({ params, children }: Props) {
  const { ref } = await params;
  const [head, name] = await Promise.all([readUserHead({ ref }), readUserName({ ref })]);
  // Only a reference that does not open is nowhere. A person without keys, or a Redis that is away, is somewhere.
  if (!head.ok && (head.error.code === "not_found" || head.error.code === "invalid_input")) notFound();
  // The reference itself says who it is, so the page has a name while the assistant's Redis is away. While the
  // console's own is away, nobody knows who asks, and whether that one may know the id.
  const pseudonym = pseudonymOf(subjectOf(openRef("user", ref)));
  return (
    <Hydrated
      entries={[
        { queryKey: userHeadQuery(ref).queryKey, read: Promise.resolve(head) },
        { queryKey: rateLimitsQuery(ref).queryKey, read: readUserRateLimits({ ref }) },
      ]}
    >
      <UserHeader
        userRef={ref}
        label={name.ok ? name.data.label : pseudonym}
        pseudonym={pseudonym}
        limits={<LimitSentence userRef={ref} />}
        actions={<RevealButton userRef={ref} />}
      />
      {children}
    </Hydrated>
  );
}
