"use client";

import { EyeOff } from "lucide-react";
import { useOperator } from "@/components/shell/operator";
import { ROLE_PURPOSE, ROLE_WORD } from "@/components/shell/role-words";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast-store";
import { useSetMasked } from "./mutations";
import { PasswordCard } from "./password-card";
import { SessionsCard } from "./sessions-card";

export function AccountView() {
  const { me, can } = useOperator();
  if (!me) return <Skeleton className="h-40 w-full" />;
  return (
    <>
      <PageHeader
        title={<bdi>{me.name}</bdi>}
        badges={<Badge tone="accent">{ROLE_WORD[me.role]}</Badge>}
        description={`${ROLE_PURPOSE[me.role]}.`}
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <SessionsCard />
        <div className="flex min-w-0 flex-col gap-4">
          <Card>
            <CardHeader title="Personal data on your screen" icon={<EyeOff />} />
            <CardBody>
              {can("personal") ? (
                <MaskChoice masked={me.maskedByChoice} />
              ) : (
                <p className="text-sm text-fg-muted">
                  Messages, memories and ids are masked for your role. On a person’s page you can reveal them
                  for 15 minutes, with a reason.
                </p>
              )}
            </CardBody>
          </Card>
          {me.via === "password" ? (
            <PasswordCard name={me.name} mustChange={me.mustChangePassword} />
          ) : (
            <p className="px-1 text-xs text-fg-muted">
              {me.via === "oidc"
                ? "Your organisation keeps your password and your role."
                : "An operator of the demo has no password."}
            </p>
          )}
        </div>
      </div>
    </>
  );
}

function MaskChoice({ masked }: { masked: boolean }) {
  const setMasked = useSetMasked();
  return (
    <Checkbox
      label="Mask personal data in this session"
      hint="For sharing the screen: nobody is shown unmasked until you reveal that person."
      checked={setMasked.isPending ? setMasked.variables : masked}
      disabled={setMasked.isPending}
      onChange={(event) =>
        setMasked.mutate(event.target.checked, {
          onError: (error) => toast.error("Nothing was changed", { description: error.message }),
        })
      }
    />
  );
}
