"use client";

import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";

import { type Weekday, WEEKDAYS } from "../recurring";

/** Days of the week, each a tap on or off. */
export function Days({ label, days, onChange }: { label: string; days: readonly string[]; onChange: (days: Weekday[]) => void }) {
  const t = useTranslations("campaigns.days");
  return (
    <div role="group" aria-label={label} className="flex flex-col gap-1.5">
      <span aria-hidden className="text-xs font-medium text-soft">{label}</span>
      <div className="grid grid-cols-7 gap-1">
        {WEEKDAYS.map((day) => {
          const on = days.includes(day);
          return (
            <button key={day} type="button" aria-pressed={on} aria-label={t(day)}
              onClick={() => onChange(WEEKDAYS.filter((one) => (one === day ? !on : days.includes(one))))}
              className={cn("h-11 min-w-0 overflow-hidden rounded-xl border text-xs font-medium transition-colors duration-150",
                on ? "border-green bg-green text-on-green" : "bg-raised hover:bg-paper")}>
              {t(`short.${day}`)}
            </button>
          );
        })}
      </div>
    </div>
  );
}
