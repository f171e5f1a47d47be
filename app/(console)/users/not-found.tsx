import { UserRoundSearch } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";

export default function UserNotFound() {
  return (
    <Card>
      <EmptyState
        icon={<UserRoundSearch />}
        title="This link does not name a user of this console"
        body="It may have been cut, or made by a console with another secret. Look the person up by id instead."
        action={
          <ButtonLink href="/users" variant="primary">
            Look a user up
          </ButtonLink>
        }
      />
    </Card>
  );
}
