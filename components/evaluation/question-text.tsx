import { MaskedText } from "@/components/ui/masked-text";
import { TextLink } from "@/components/ui/text-link";
import { VisibleText } from "@/components/ui/visible-text";
import type { QuestionDto } from "@/lib/redis/evaluation/types";
import { labAddress } from "./address";

/** What was asked, and of whom; it leads to the lab, which asks it again. */
export function QuestionText({ question }: { question: QuestionDto }) {
  return (
    <span className="flex min-w-0 flex-1 basis-60 flex-wrap items-baseline gap-x-2">
      {question.masked ? (
        <MaskedText text={question.query} className="min-w-0 text-sm" />
      ) : (
        <TextLink
          href={labAddress(question.userRef, question.query)}
          ahead={false}
          className="min-w-0 text-sm break-words !text-fg"
        >
          <VisibleText text={question.query} inline limit={300} className="!whitespace-normal" />
        </TextLink>
      )}
      <TextLink
        href={`/users/${question.userRef}/memories`}
        ahead={false}
        className="max-w-40 truncate font-mono text-xs leading-6"
      >
        <VisibleText text={question.userLabel} inline limit={40} />
      </TextLink>
    </span>
  );
}
