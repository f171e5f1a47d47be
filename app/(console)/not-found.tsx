import { NothingHere } from "@/components/shell/nothing-here";

/** For pages whose thing is gone: the shell stays. */
export default function NotFound() {
  return <NothingHere />;
}
