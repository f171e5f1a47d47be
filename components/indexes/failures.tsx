import { CircleCheck, TriangleAlert } from "lucide-react";
import { MaskedMark } from "@/components/ui/masked-mark";
import { TextLink } from "@/components/ui/text-link";
import { VisibleText } from "@/components/ui/visible-text";
import type { IndexDto, IndexFailureDto } from "@/lib/redis/indexes/types";

/** The last key that each field left out, and why, and the last of the whole index. The engine remembers no more. */
export function Failures({ index }: { index: IndexDto }) {
  const ofFields = index.fields.flatMap(({ name, lastFailure }) =>
    lastFailure ? [{ name, lastFailure }] : [],
  );
  const { lastFailure: last } = index;
  const isAmongThem = ofFields.some(({ lastFailure }) => lastFailure.keyText === last?.keyText);
  const failures = [...ofFields, ...(last && !isAmongThem ? [{ name: "", lastFailure: last }] : [])];
  if (failures.length === 0) return null;
  return (
    <div className="border-t px-4 py-3">
      <h3 className="text-xs font-medium text-fg-muted">Last failures, one of each field</h3>
      <ul className="mt-1.5 flex flex-col gap-2">
        {failures.map(({ name, lastFailure }) => (
          <li key={name} className="flex gap-2 text-sm">
            {lastFailure.held ? (
              <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok-fg" />
            ) : (
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn-fg" />
            )}
            <div className="min-w-0">
              <div className="font-mono text-xs break-all">
                <VisibleText text={lastFailure.keyText} inline limit={300} className="!whitespace-normal" />
                {lastFailure.masked ? <MaskedMark className="ml-2 font-sans" /> : null}
              </div>
              <div className="text-fg-muted">
                <VisibleText text={lastFailure.reason} inline limit={300} className="!whitespace-normal" />.
                {lastFailure.held ? (
                  "It was mended since: the index holds it."
                ) : (
                  <>
                    Redis leaves such a key out whole. <Cure failure={lastFailure} />
                  </>
                )}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Cure({ failure }: { failure: IndexFailureDto }) {
  const { user, memoryRef } = failure;
  if (!user) return null;
  if (memoryRef) {
    return (
      <TextLink className="underline" href={`/users/${user.ref}/memories?memory=${memoryRef}`}>
        Open the memory
      </TextLink>
    );
  }
  return (
    <TextLink className="underline" href={`/users/${user.ref}`}>
      Open the person
    </TextLink>
  );
}
