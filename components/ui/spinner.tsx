import { LoaderCircle } from "lucide-react";

/** Only inside something that already has its shape (a button, a row): never alone on a page. */
export function Spinner({ className = "size-4" }: { className?: string }) {
  return <LoaderCircle aria-hidden className={`animate-spin ${className}`} />;
}
