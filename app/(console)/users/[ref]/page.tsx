import { LimitSummary } from "@/components/rate-limits/limit-summary";
import { StorageByClass } from "@/components/users/storage-by-class";

type Props = { params: Promise<{ ref: string }> };

/** Everything that a support call asks first, on one page. */
export default async function UserPage({ params }: Props) {
  const { ref } = await params;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-4" />
      <div className="flex min-w-0 flex-col gap-4">
        <LimitSummary userRef={ref} />
        <StorageByClass userRef={ref} />
      </div>
    </div>
  );
}
