import { FileQuestionMark } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";

export function NothingHere() {
  return (
    <Card className="mx-auto mt-12 max-w-xl">
      <EmptyState
        icon={<FileQuestionMark />}
        title={<h1>There is nothing at this address</h1>}
        body="It may have been erased or have expired, or the link was cut. A link made by a console with another secret does not open here."
        action={
          <>
            <ButtonLink href="/users" variant="primary">
              Look a user up
            </ButtonLink>
            <ButtonLink href="/">Overview</ButtonLink>
          </>
        }
      />
    </Card>
  );
}
