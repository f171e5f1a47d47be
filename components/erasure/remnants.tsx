import { Callout } from "@/components/ui/callout";
import { Mono } from "@/components/ui/code";

/** Measured: after UNLINK the value stayed in each of these until it was rewritten. Calm, and always there. */
export function Remnants() {
  return (
    <Callout tone="neutral" title="What this does not prove">
      Redis no longer answers with what was erased. The bytes may still lie where Redis keeps copies, until
      each is rewritten: in the append-only file until <Mono>BGREWRITEAOF</Mono>, in the snapshot until the
      next <Mono>BGSAVE</Mono>, in the slow log until <Mono>SLOWLOG RESET</Mono>, on replicas until they have
      followed, and in backups until they expire. The console has not looked there.
    </Callout>
  );
}
