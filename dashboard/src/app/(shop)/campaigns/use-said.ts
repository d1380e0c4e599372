"use client";

import { useTranslations } from "use-intl";

import { useLanguage } from "@/i18n";
import { useFormats } from "@/shell/formats";

import type { Written } from "./queries";
import { simpleOf, type Weekday, WEEKDAYS } from "./recurring";
import { useLists, useSegments } from "./write/audience/queries";

/** What was written, in words. */
export function useSaid() {
  const t = useTranslations("campaigns");
  const { language } = useLanguage();
  const { full, day } = useFormats();
  const segments = useSegments().data;
  const lists = useLists().data;
  const days = (chosen: readonly string[]) =>
    WEEKDAYS.filter((one) => chosen.includes(one)).map((one: Weekday) => t(`days.${one}`)).join(", ");

  const audience = (of: Written["audience"]): string => {
    if (of.kind === "segment") {
      const found = segments?.items.find((one) => one.id === of.segment_id);
      return found ? `${found.name}: ${found.said?.[language] ?? ""}` : t("said.segment");
    }
    if (of.kind === "list") return t("said.list", { name: lists?.items.find((one) => one.id === of.list_id)?.name ?? "…" });
    if (of.kind === "campaign") return t(of.responded ? "said.responders" : "said.others");
    return t("said.all");
  };
  const schedule = (of: Written["schedule"]): string => {
    if (of.kind === "now") return t("said.now");
    if (of.kind === "at") return full(of.at);
    const simple = simpleOf(of.rule);
    const time = of.starts.slice(11, 16);
    const from = day(`${of.starts.slice(0, 10)}T12:00:00Z`);
    if (!simple) return t("said.rule", { rule: of.rule, time, from });
    return simple.every === "month"
      ? t("said.monthly", { day: simple.monthDay, time, from })
      : t(simple.every === "week" ? "said.weekly" : "said.fortnightly", { days: days(simple.days), time, from });
  };
  const pace = (of: Written["pace"]): string => [
    t("said.pace", { count: of.per_minute, opens: of.opens.slice(0, 5), closes: of.closes.slice(0, 5) }),
    of.skip_days.length > 0 && t("said.skip", { days: days(of.skip_days) }),
    of.best_hour && t("said.best"),
  ].filter(Boolean).join(" ");
  return { audience, schedule, pace };
}
