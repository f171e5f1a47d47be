"use client";

import { MessageCircleQuestionMark, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useFragment } from "@/components/query/use-fragment";
import { Button, IconButton } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { MaskedText } from "@/components/ui/masked-text";
import { Pager } from "@/components/ui/pager";
import { VisibleText } from "@/components/ui/visible-text";
import { formatCount } from "@/lib/format";
import { QUESTIONS_PAGE } from "@/lib/redis/evaluation/rules";
import type { ExpectedMemory, QuestionDto, SetDetail } from "@/lib/redis/evaluation/types";
import { queryOfFragment, setAddress } from "./address";
import { useDeleteQuestion } from "./mutations";
import { type Draft, QuestionDialog } from "./question-dialog";
import { QuestionText } from "./question-text";

export type QuestionsCardProps = { detail: SetDetail; asking: string | null; canEdit: boolean };

export function QuestionsCard({ detail, asking, canEdit }: QuestionsCardProps) {
  const fragment = useFragment();
  const [edited, setEdited] = useState<Draft | null>(null);
  const [deleted, setDeleted] = useState<QuestionDto | null>(null);
  const [brought, setBrought] = useState(asking);
  const remove = useDeleteQuestion(detail.id);
  // A link of the lab brings a question along, whose text only the browser knows.
  const query = queryOfFragment(fragment);
  const draft = edited ?? (canEdit && brought && query !== "" ? newDraft(brought, query) : null);
  const close = () => {
    setEdited(null);
    setBrought(null);
  };
  return (
    <Card className="overflow-clip">
      <CardHeader
        icon={<MessageCircleQuestionMark aria-hidden />}
        title="Questions"
        description={`${formatCount(detail.questions)}, the oldest first`}
        actions={
          canEdit ? (
            <Button size="sm" icon={<Plus />} onClick={() => setEdited(newDraft(null, ""))}>
              Add a question
            </Button>
          ) : null
        }
      />
      {detail.questions === 0 ? (
        <EmptyState
          icon={<MessageCircleQuestionMark />}
          title="No question in this set"
          body="Write down what people ask and which memories should be found, or import lines."
        />
      ) : (
        <ul data-list>
          {detail.shown.map((question) => (
            <li
              key={question.id}
              data-list-item
              className="flex flex-wrap items-start gap-x-4 gap-y-1 border-b px-4 py-2 last:border-0 hover:bg-hover"
            >
              <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
                <div className="flex min-w-0">
                  <QuestionText question={question} />
                </div>
                <ul className="flex flex-col gap-0.5">
                  {question.expected.map((memory) => (
                    <Expected key={memory.memoryRef} memory={memory} masked={question.masked === true} />
                  ))}
                </ul>
              </div>
              {canEdit ? (
                <span className="flex shrink-0 gap-1">
                  <IconButton
                    size="sm"
                    label="Edit the question"
                    disabled={question.masked}
                    onClick={() => setEdited(draftOf(question))}
                  >
                    <Pencil />
                  </IconButton>
                  <IconButton size="sm" label="Delete the question" onClick={() => setDeleted(question)}>
                    <Trash2 />
                  </IconButton>
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {detail.pages > 1 ? <Pages detail={detail} /> : null}
      {draft ? <QuestionDialog set={detail.id} initial={draft} onClose={close} /> : null}
      <ConfirmDialog
        open={deleted !== null}
        onOpenChange={(open) => (open ? null : setDeleted(null))}
        title="Delete this question?"
        body="Figures of earlier runs stay; the question is compared no more."
        confirmLabel="Delete 1 question"
        danger
        onConfirm={async () => {
          if (deleted) await remove.mutateAsync({ question: deleted.id, userRef: deleted.userRef });
        }}
      />
    </Card>
  );
}

function Expected({ memory, masked }: { memory: ExpectedMemory; masked: boolean }) {
  return (
    <li className="flex min-w-0 items-baseline gap-2 text-xs text-fg-muted">
      <span className="shrink-0 font-mono">
        {memory.category}:{memory.number}
      </span>
      {memory.content === null ? (
        <span className="text-warn-fg">gone: no setting can find it</span>
      ) : masked ? (
        <MaskedText text={memory.content} className="min-w-0 truncate" />
      ) : (
        <VisibleText text={memory.content} inline limit={160} className="min-w-0 truncate" />
      )}
    </li>
  );
}

function Pages({ detail }: { detail: SetDetail }) {
  const { id, page, pages, questions } = detail;
  const from = (page - 1) * QUESTIONS_PAGE + 1;
  const to = Math.min(page * QUESTIONS_PAGE, questions);
  return (
    <Pager
      label={`${formatCount(from)} to ${formatCount(to)} of ${formatCount(questions)}`}
      prevHref={page > 1 ? setAddress(id, page - 1) : null}
      nextHref={page < pages ? setAddress(id, page + 1) : null}
    />
  );
}

function newDraft(userRef: string | null, query: string): Draft {
  return { question: null, userRef, userText: "", query, expected: [] };
}

function draftOf(question: QuestionDto): Draft {
  const { id, userRef, userLabel, query, expected } = question;
  return { question: id, userRef, userText: userLabel, query, expected };
}
