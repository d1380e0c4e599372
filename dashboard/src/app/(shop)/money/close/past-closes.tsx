"use client";

import { CalendarCheck } from "lucide-react";
import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Empty } from "@/components/ui/empty";
import { Row } from "@/components/ui/row";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";
import { useUrl } from "@/shell/url";

import { differenceOf } from "./count";
import { Difference } from "./place-count";
import { useCloses } from "./queries";

/** The days that were closed, each one tap away. */
export function PastCloses({ open }: { open: string }) {
  const t = useTranslations("dailyClose");
  const { money, day, full } = useFormats();
  const { change } = useUrl();
  const closes = useCloses();
  return (
    <Section title={t("past")}>
      <RowList of={closes} label={t("past")}
        row={(one) => (
          <Row open={one.day === open} onOpen={() => { change({ day: one.day, again: null }); }}
            title={day(`${one.day}T12:00:00Z`)}
            aside={<span className="shrink-0 font-medium tabular-nums">{money(one.lines.reduce((sum, line) => sum + line.counted_minor, 0))}</span>}
            below={full(one.created_at)}
            belowAside={<Difference minor={differenceOf(one)} />} />
        )}
        empty={<Empty picture={<CalendarCheck aria-hidden />} text={t("nonePast")} />} />
    </Section>
  );
}
