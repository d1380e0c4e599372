"use client";

import { useTranslations } from "use-intl";

import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";

import type { Written } from "../queries";
import { Days } from "./days";

type Pace = Written["pace"];
const SPEEDS = ["5", "10", "30", "60", "120"];
const HOURS = Array.from({ length: 13 }, (_, index) => index + 9); // the hours that marketing may go out

const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00:00`;
const hourOf = (time: string) => Number(time.slice(0, 2));

/** How fast, and at which hours of each customer's own zone. */
export function PacePart({ pace, onChange }: { pace: Pace; onChange: (pace: Pace) => void }) {
  const t = useTranslations("campaigns.write.pace");
  const change = (part: Partial<Pace>) => onChange({ ...pace, ...part });
  const [opens, closes] = [hourOf(pace.opens), hourOf(pace.closes)];
  const speeds = SPEEDS.includes(String(pace.per_minute)) ? SPEEDS : [...SPEEDS, String(pace.per_minute)];
  return (
    <section aria-labelledby="pace" className="flex flex-col gap-4 rounded-2xl border bg-surface p-4">
      <h3 id="pace" className="font-medium">{t("title")}</h3>
      <div>
        <p className="mb-1 text-xs font-medium text-soft">{t("speed")}</p>
        <Segmented label={t("speed")} value={String(pace.per_minute)} onChange={(chosen) => change({ per_minute: Number(chosen) })}
          segments={speeds.map((value) => ({ value, label: t("perMinute", { count: Number(value) }) }))} />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t("opens")}>
          {(wired) => (
            <Select {...wired} value={opens} onChange={(event) => {
              const hour = Number(event.target.value);
              change({ opens: clock(hour), closes: clock(Math.max(closes, hour + 1)) });
            }}>
              {HOURS.slice(0, -1).map((hour) => <option key={hour} value={hour}>{clock(hour).slice(0, 5)}</option>)}
            </Select>
          )}
        </Field>
        <Field label={t("closes")}>
          {(wired) => (
            <Select {...wired} value={closes} onChange={(event) => change({ closes: clock(Number(event.target.value)) })}>
              {HOURS.filter((hour) => hour > opens).map((hour) => <option key={hour} value={hour}>{clock(hour).slice(0, 5)}</option>)}
            </Select>
          )}
        </Field>
      </div>
      <Days label={t("skip")} days={pace.skip_days} onChange={(skip_days) => { if (skip_days.length < 7) change({ skip_days }); }} />
      <Toggle id="best-hour" name={t("best")} text={t("bestText")} on={pace.best_hour} onChange={(best_hour) => change({ best_hour })} />
      <Toggle id="retry" name={t("retry")} text={t("retryText", { count: pace.max_retries })} on={pace.retry_failed} onChange={(retry_failed) => change({ retry_failed })} />
    </section>
  );
}

export function Toggle(props: { id: string; name: string; text: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <div className="flex items-center gap-3">
      <label htmlFor={props.id} className="min-w-0 flex-1">
        <span className="block font-medium">{props.name}</span>
        <span className="block text-xs text-soft">{props.text}</span>
      </label>
      <Switch id={props.id} checked={props.on} onChange={props.onChange} />
    </div>
  );
}
