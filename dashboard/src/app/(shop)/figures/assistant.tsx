"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import { useFormats } from "@/shell/formats";

import { Card } from "./card";
import { type Report, useAskedDays } from "./queries";

/** What the assistant did without a person, what it did not understand, and what its models cost. */
export function Assistant({ report }: { report: Report }) {
  const t = useTranslations("figures");
  const { money } = useFormats();
  const { link } = useAskedDays();
  const { now, models } = report;
  return (
    <Card title={t("assistant")} table="models">
      <dl className="divide-y border-t">
        <Line name={t("talksAlone")} part={now.sessions - now.with_person} of={now.sessions} />
        <Line name={t("salesAlone")} part={now.alone} of={now.orders} below={money(now.alone_minor)} />
        <Line name={t("misunderstood")} part={now.misunderstood} of={now.turns}
          below={now.misunderstanding > 0 && (
            <Link href={link("/figures/sessions", "misunderstood=yes")} className="-mx-2 flex min-h-11 items-center gap-1 rounded-xl px-2 text-amber hover:bg-ink/4">
              <span className="flex-1">{t("readThem", { count: now.misunderstanding })}</span> <ChevronRight aria-hidden className="size-4" />
            </Link>
          )} />
        <div className="px-4 py-3">
          <dt className="flex gap-3">
            <span className="flex-1">{t("models")}</span>
            {models.length > 0 && <span className="font-medium">{now.models_usd_micro === null ? t("noPrice") : dollars(now.models_usd_micro)}</span>}
          </dt>
          {models.length === 0 && <dd className="text-xs text-soft">{t("noModels")}</dd>}
          {models.map((one) => (
            <dd key={one.model} className="flex gap-3 text-xs text-soft">
              <span className="min-w-0 flex-1 truncate">{one.model} · {t("calls", { count: one.calls })}</span>
              <span>{one.usd_micro === null ? t("noPrice") : dollars(one.usd_micro)}</span>
            </dd>
          ))}
        </div>
      </dl>
    </Card>
  );
}

function Line(props: { name: string; part: number; of: number; below?: ReactNode }) {
  const t = useTranslations("figures");
  return (
    <div className="px-4 py-3">
      <dt className="flex gap-3">
        <span className="flex-1">{props.name}</span>
        <span className="font-medium">{props.of > 0 ? `${Math.round((props.part / props.of) * 100)} %` : "–"}</span>
      </dt>
      <dd className="text-xs text-soft">
        {t("partOf", { part: props.part, of: props.of })}
        {props.below && (typeof props.below === "string" ? ` · ${props.below}` : props.below)}
      </dd>
    </div>
  );
}

/** Models are paid in US dollars, whatever the shop sells in; a part of a cent is told as such. */
function dollars(micro: number): string {
  const format = new Intl.NumberFormat("en-KE", { style: "currency", currency: "USD", currencyDisplay: "code", maximumFractionDigits: micro > 0 && micro < 10_000 ? 4 : 2 });
  return format.format(micro / 1_000_000);
}
