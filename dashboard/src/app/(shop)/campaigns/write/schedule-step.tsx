"use client";

import { CalendarClock, Repeat, Send } from "lucide-react";
import { useTranslations } from "use-intl";

import { Field, Input } from "@/components/ui/field";
import { useBoutique } from "@/shell/boutique";

import type { Written } from "../queries";
import { ruleOf } from "../recurring";
import { toInstant, toLocal } from "../zoned";
import { ChoiceCard } from "./choice-card";
import { ExperimentPart } from "./experiment-part";
import { PacePart } from "./pace-part";
import { RecurringPart } from "./recurring-part";
import type { Writing } from "./use-writing";

const WAYS = [
  { kind: "now", icon: Send },
  { kind: "at", icon: CalendarClock },
  { kind: "recurring", icon: Repeat },
] as const;

const dayAfter = (now: Date, zone: string) => toLocal(new Date(now.getTime() + 86_400_000), zone).slice(0, 10);

/** When it begins, how fast it goes, at which hours, and what is tried. */
export function ScheduleStep({ writing, written }: { writing: Writing; written: Written }) {
  const t = useTranslations("campaigns.write.schedule");
  const { timezone } = useBoutique();
  const { schedule } = written;
  const set = (next: Written["schedule"]) => writing.change({ schedule: next });
  const choose = (kind: (typeof WAYS)[number]["kind"]) => {
    const tomorrow = `${dayAfter(new Date(), timezone)}T10:00`;
    if (kind === "now") set({ kind });
    else if (kind === "at") set({ kind, at: toInstant(tomorrow, timezone) });
    else set({ kind, rule: ruleOf({ every: "week", days: ["fri"], monthDay: 1 }), starts: `${tomorrow}:00` });
  };
  return (
    <>
      <fieldset className="flex flex-col gap-3">
        <legend className="sr-only">{t("title")}</legend>
        {WAYS.map(({ kind, icon: Icon }) => (
          <ChoiceCard key={kind} group="schedule" chosen={schedule.kind === kind} onChoose={() => choose(kind)}
            icon={<Icon aria-hidden />} name={t(`way.${kind}`)} text={t(`wayText.${kind}`)}>
            {kind === "at" && schedule.kind === "at" && (
              <Field label={t("at")} hint={t("zone", { zone: timezone.replaceAll("_", " ") })} error={writing.remedy("at")}>
                {(wired) => (
                  <Input {...wired} type="datetime-local" value={toLocal(schedule.at, timezone)} min={toLocal(new Date(), timezone)}
                    onChange={(event) => event.target.value && set({ kind: "at", at: toInstant(event.target.value, timezone) })} />
                )}
              </Field>
            )}
            {kind === "recurring" && schedule.kind === "recurring" && (
              <RecurringPart schedule={schedule} onChange={set} error={writing.remedy("rule")} />
            )}
          </ChoiceCard>
        ))}
      </fieldset>
      <PacePart pace={written.pace} onChange={(pace) => writing.change({ pace })} />
      <ExperimentPart writing={writing} written={written} />
    </>
  );
}
