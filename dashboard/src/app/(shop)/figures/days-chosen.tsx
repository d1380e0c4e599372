"use client";

import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";

import { Field, Input } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";

import { useAskedDays } from "./queries";
import { type Days, OFFERED } from "./range";

/** Of which days the figures are; two fields where somebody wants days of their own. */
export function DaysChosen() {
  const t = useTranslations("figures");
  const { range, days, today, choose, chooseOwn } = useAskedDays();
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone the later ones stand beyond the edge, also the chosen one after a reload.
    row.current?.querySelector("[aria-pressed=true]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [range]);
  const change = (changed: Partial<Days>) => chooseOwn({ ...days, ...changed });
  return (
    <div className="flex flex-col gap-3">
      <div ref={row} className="-mx-4 overflow-hidden px-4">
        <Segmented label={t("days")} value={range} segments={OFFERED.map((value) => ({ value, label: t(`ranges.${value}`) }))}
          onChange={(chosen) => (chosen === "own" ? chooseOwn(days) : choose(chosen))} />
      </div>
      {range === "own" && (
        <div className="grid grid-cols-2 gap-3">
          <Field label={t("since")}>
            {(wired) => <Input {...wired} type="date" required className="px-3" max={days.until} value={days.since} onChange={({ target }) => target.value && change({ since: target.value })} />}
          </Field>
          <Field label={t("until")}>
            {(wired) => <Input {...wired} type="date" required className="px-3" min={days.since} max={today} value={days.until} onChange={({ target }) => target.value && change({ until: target.value })} />}
          </Field>
        </div>
      )}
    </div>
  );
}
