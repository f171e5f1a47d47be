import { ShieldAlert } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";

/** In place of what the guard would refuse to this role: asking for it would only be refused. */
export function NotForRole({ title, children }: { title: string; children: ReactNode }) {
  return <EmptyState icon={<ShieldAlert />} title={title} body={children} />;
}
