import { ErasureSkeleton } from "@/components/erasure/erasure-skeleton";

export default function Loading() {
  return <ErasureSkeleton />;
}
