"use client";

import { useLocale, useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { cn } from "@/components/cn";
import { Section } from "@/shell/detail";

/** What went wrong on each of the last days; a day without trouble has a dash. */
export function Days({ days }: { days: Schemas["DayOfHealth"][] }) {
  const t = useTranslations("platformShops.days");
  const weekday = new Intl.DateTimeFormat(useLocale(), { weekday: "short", day: "numeric", timeZone: "UTC" });
  return (
    <Section title={t("title")}>
      <table className="w-full text-right text-xs">
        <thead className="text-soft">
          <tr className="border-b align-bottom">
            <th scope="col" className="py-2 pl-4 text-left font-medium">{t("day")}</th>
            {(["failed", "paid", "unpaid", "dead"] as const).map((name) => (
              <th key={name} scope="col" className="px-2 py-2 font-medium last:pr-4">{t(name)}</th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y tabular-nums">
          {[...days].reverse().map((one) => (
            <tr key={one.day}>
              <th scope="row" className="whitespace-nowrap py-2 pl-4 text-left font-normal">{weekday.format(new Date(one.day))}</th>
              <Count of={one.failed_sends} bad />
              <Count of={one.prompts_paid} />
              <Count of={one.prompts_failed} bad />
              <Count of={one.dead_letters} bad />
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Count({ of, bad }: { of: number; bad?: boolean }) {
  return <td className={cn("px-2 py-2 last:pr-4", of === 0 ? "text-soft" : bad && "font-medium text-red")}>{of === 0 ? "–" : of}</td>;
}
