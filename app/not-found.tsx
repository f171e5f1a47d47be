import { FileQuestionMark } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <main className="mx-auto max-w-xl px-4 py-24">
      <EmptyState
        icon={<FileQuestionMark />}
        title="There is nothing at this address"
        body="It may have been erased or have expired, or the link was cut. A reference made by a console with another secret does not open here."
        action={
          <>
            <ButtonLink href="/users" variant="primary">
              Look a user up
            </ButtonLink>
            <ButtonLink href="/">Overview</ButtonLink>
          </>
        }
      />
    </main>
  );
}
