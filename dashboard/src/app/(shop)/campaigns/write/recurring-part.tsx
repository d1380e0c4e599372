"use client";

import { useTranslations } from "use-intl";

import { Field, Input } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";

import type { Written } from "../queries";
import { type Every, ruleOf, type Simple, simpleOf } from "../recurring";
import { Days } from "./days";

type Recurring = Extract<Written["schedule"], { kind: "recurring" }>;
const EVERY: Every[] = ["week", "two_weeks", "month"];

/** Simple choices that write the rule; a rule from elsewhere is shown, and replaced by the first choice. */
export function RecurringPart({ schedule, onChange, error }: { schedule: Recurring; onChange: (next: Recurring) => void; error?: string }) {
  const t = useTranslations("campaigns.write.schedule");
  const found = simpleOf(schedule.rule);
  const simple: Simple = found ?? { every: "week", days: ["fri"], monthDay: 1 };
  const change = (part: Partial<Simple>) => onChange({ ...schedule, rule: ruleOf({ ...simple, ...part }) });
  const [date, time] = [schedule.starts.slice(0, 10), schedule.starts.slice(11, 16)];
  const starts = (day: string, hour: string) => { if (day && hour) onChange({ ...schedule, starts: `${day}T${hour}:00` }); };
  return (
    <>
      {!found && <p className="text-xs text-soft">{t("otherRule", { rule: schedule.rule })}</p>}
      <Segmented label={t("every")} value={simple.every} onChange={(every) => change({ every })}
        segments={EVERY.map((value) => ({ value, label: t(`everyOf.${value}`) }))} />
      {simple.every === "month" ? (
        <Field label={t("monthDay")} hint={t("monthDayHint")}>
          {(wired) => (
            <Input {...wired} type="number" inputMode="numeric" min={1} max={28} value={simple.monthDay}
              onChange={(event) => change({ monthDay: Math.min(28, Math.max(1, Number(event.target.value) || 1)) })} />
          )}
        </Field>
      ) : (
        <Days label={t("onDays")} days={simple.days} onChange={(days) => { if (days.length > 0) change({ days }); }} />
      )}
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <Field label={t("from")}>
          {(wired) => <Input {...wired} type="date" value={date} onChange={(event) => starts(event.target.value, time)} />}
        </Field>
        <Field label={t("hour")} error={error}>
          {(wired) => <Input {...wired} type="time" min="09:00" max="20:59" value={time} onChange={(event) => starts(date, event.target.value)} />}
        </Field>
      </div>
      <p className="text-xs text-soft">{t("eachTime")}</p>
    </>
  );
}
