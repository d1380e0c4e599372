"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import { useFormats } from "@/shell/formats";

import { useChange } from "./change";
import type { Report } from "./queries";

/** Who bought, what one sale brings, and what was given back. */
export function Numbers({ report, length }: { report: Report; length: number }) {
  const t = useTranslations("figures");
  const { money } = useFormats();
  const change = useChange();
  const { now, before } = report;
  const returning = [now.buyers - now.first_buyers, before.buyers - before.first_buyers] as const;
  const average = (minor: number | null) => (minor === null ? "–" : money(minor));
  return (
    <section aria-label={t("numbers")} className="grid grid-cols-2 gap-3">
      <Number name={t("newBuyers")} value={now.first_buyers} below={change(now.first_buyers, before.first_buyers, length)} />
      <Number name={t("returning")} value={returning[0]} below={change(...returning, length)} />
      <Number name={t("average")} value={average(now.average_minor)}
        below={now.average_minor === null ? t("noSale") : change(now.average_minor, before.average_minor ?? 0, length)} />
      <Number name={t("givenBack")} value={money(now.refunds_minor)} below={t("refundsTold", { count: now.refunds, before: before.refunds })} />
    </section>
  );
}

function Number(props: { name: string; value: ReactNode; below: string }) {
  return (
    <div className="flex min-w-0 flex-col rounded-2xl border bg-surface p-4">
      <h3 className="text-xs text-soft">{props.name}</h3>
      <p className="truncate text-lg font-semibold">{props.value}</p>
      <p className="mt-auto pt-1 text-xs text-soft">{props.below}</p>
    </div>
  );
}
