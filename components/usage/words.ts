import { DATA_CLASSES, type DataClass } from "@/components/data-class/data-class";
import type { LifeBucket, SurveyClass } from "@/lib/redis/keyspace/survey-schema";

/** The order of classes on every bar: what people ask about first, what is nobody's last. */
export const SURVEY_CLASSES = ["sessions", "memories", "rate-limits", "disputed", "other"] as const;

export const LIFE_WORDS: Record<LifeBucket, string> = {
  none: "No end",
  "under-hour": "Under an hour",
  "under-day": "Under a day",
  "under-month": "Under 30 days",
  longer: "Longer",
};

export function colorOf(name: SurveyClass | DataClass): string {
  return DATA_CLASSES[name].color;
}

export function wordOf(name: SurveyClass | DataClass): string {
  return DATA_CLASSES[name].word;
}
