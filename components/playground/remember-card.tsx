"use client";

import { Brain } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Failure } from "@/components/query/failure";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input, Range, Textarea } from "@/components/ui/input";
import { otherScriptWords, textTroubles } from "@/lib/embeddings/odd-texts";
import { CATEGORY_MAX_CHARS, FACT_MAX_CHARS } from "@/lib/redis/playground/rules";
import type { PlaygroundState, RememberStep } from "@/lib/redis/playground/types";
import { useRemember } from "./mutations";

export type RememberCardProps = {
  user: string;
  embedder: PlaygroundState["embedder"];
  onRemembered: (step: RememberStep) => void;
};

/** A fact that the assistant would take from the conversation, saved as it would save it. */
export function RememberCard({ user, embedder, onRemembered }: RememberCardProps) {
  const remember = useRemember(user);
  const [content, setContent] = useState("");
  const [category, setCategory] = useState("pref");
  const [importance, setImportance] = useState(5);
  const isOther = content !== "" && textTroubles(content, embedder.provider).includes("other-script");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (content.trim() === "" || remember.isPending) return;
    remember.mutate(
      { content, category, importance },
      {
        onSuccess: ({ step }) => {
          setContent("");
          onRemembered(step);
        },
      },
    );
  }

  return (
    <Card aria-labelledby="playground-fact">
      <CardHeader id="playground-fact" title="Save a fact" icon={<Brain aria-hidden />} />
      <CardBody>
        <form onSubmit={submit} className="flex flex-col gap-3">
          <Field label="What to remember" hint={isOther ? otherScriptWords(embedder.model) : undefined}>
            <Textarea
              rows={2}
              value={content}
              maxLength={FACT_MAX_CHARS}
              onChange={(event) => setContent(event.target.value)}
              className="resize-y"
            />
          </Field>
          <div className="grid grid-cols-2 gap-3">
            <Field label="Category">
              <Input
                value={category}
                maxLength={CATEGORY_MAX_CHARS}
                onChange={(event) => setCategory(event.target.value)}
              />
            </Field>
            <Field label="Importance">
              <Range
                min={1}
                max={10}
                step={1}
                value={importance}
                valueText={`${importance}`}
                onChange={(event) => setImportance(Number(event.target.value))}
              />
            </Field>
          </div>
          <Failure error={remember.error} />
          <Button
            type="submit"
            pending={remember.isPending}
            disabled={content.trim() === "" || category === ""}
          >
            Save as memory
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}
