"use client";

import { useTranslations } from "use-intl";

import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";

import type { Written } from "../queries";
import { Part } from "./part";
import type { Editing } from "./use-editing";

const CHANNELS = ["whatsapp_then_sms", "whatsapp", "sms"] as const;
const HOURS = Array.from({ length: 13 }, (_, index) => index + 9); // in which marketing may leave
const TIMES = [1, 2, 3, 5, 10];
const DAYS = [1, 3, 7, 14, 30, 90];
const PRECEDENCES = [90, 70, 50, 30, 10];

const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00:00`;
const hourOf = (time: string) => Number(time.slice(0, 2));
const withOwn = (usual: number[], own: number) => (usual.includes(own) ? usual : [...usual, own].sort((one, other) => one - other));

/** By what, at which hours, how often, and before which other rules. */
export function LimitsPart({ editing }: { editing: Editing }) {
  const t = useTranslations("automations.write");
  const { written, change, remedy } = editing;
  const { cap, hours } = written;
  const [opens, closes] = [hourOf(hours.opens), hourOf(hours.closes)];
  const told = t("limitsTold", { channels: t(`channels.${written.channels}`), opens: hours.opens.slice(0, 5), closes: hours.closes.slice(0, 5) });
  const setHours = (part: Partial<Written["hours"]>) => change({ hours: { ...hours, ...part } });
  return (
    <Part title={t("limits")} told={told} open={Boolean(remedy("hours"))}>
      <div>
        <p className="mb-1 text-xs font-medium text-soft">{t("channel")}</p>
        <Segmented label={t("channel")} value={written.channels} onChange={(channels) => change({ channels })}
          segments={CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) }))} />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t("opens")} error={remedy("hours")}>
          {(wired) => (
            <Select {...wired} value={opens} onChange={(event) => {
              const hour = Number(event.target.value);
              setHours({ opens: clock(hour), closes: clock(Math.max(closes, hour + 1)) });
            }}>
              {withOwn(HOURS.slice(0, -1), opens).map((hour) => <option key={hour} value={hour}>{clock(hour).slice(0, 5)}</option>)}
            </Select>
          )}
        </Field>
        <Field label={t("closes")}>
          {(wired) => (
            <Select {...wired} value={closes} onChange={(event) => setHours({ closes: clock(Number(event.target.value)) })}>
              {withOwn(HOURS.filter((hour) => hour > opens), closes).map((hour) => <option key={hour} value={hour}>{clock(hour).slice(0, 5)}</option>)}
            </Select>
          )}
        </Field>
        {written.class === "marketing" && (
          <>
            <Field label={t("capTimes")}>
              {(wired) => (
                <Select {...wired} value={cap.times} onChange={(event) => change({ cap: { ...cap, times: Number(event.target.value) } })}>
                  {withOwn(TIMES, cap.times).map((one) => <option key={one} value={one}>{t("times", { count: one })}</option>)}
                </Select>
              )}
            </Field>
            <Field label={t("capDays")}>
              {(wired) => (
                <Select {...wired} value={cap.days} onChange={(event) => change({ cap: { ...cap, days: Number(event.target.value) } })}>
                  {withOwn(DAYS, cap.days).map((one) => <option key={one} value={one}>{t("inDays", { count: one })}</option>)}
                </Select>
              )}
            </Field>
          </>
        )}
      </div>
      {written.class === "marketing" && <p className="-mt-2 text-xs text-soft">{t("capText")}</p>}
      <Field label={t("precedence")} hint={t("precedenceHint")}>
        {(wired) => (
          <Select {...wired} value={written.precedence} onChange={(event) => change({ precedence: Number(event.target.value) })}>
            {withOwn(PRECEDENCES, written.precedence).sort((one, other) => other - one).map((one) => (
              <option key={one} value={one}>{t.has(`precedences.p${one}` as never) ? t(`precedences.p${one}` as never) : one}</option>
            ))}
          </Select>
        )}
      </Field>
    </Part>
  );
}
