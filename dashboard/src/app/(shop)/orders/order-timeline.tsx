"use client";

import { useTranslations } from "use-intl";

import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import type { OrderData } from "./queries";

/** What happened to the order, the latest first; what has no words here is left out. */
export function Timeline({ order }: { order: OrderData }) {
  const t = useTranslations("orders");
  const { full } = useFormats();
  const known = order.timeline.filter((one) => t.has(`happened.${word(one.what)}` as never)).reverse();
  if (known.length === 0) return null;
  return (
    <Section title={t("timeline")}>
      <ol className="flex flex-col gap-3 p-4">
        {known.map((one, index) => (
          <li key={`${one.at}${one.what}`} className="flex items-start gap-3">
            <span aria-hidden className={`mt-1.5 size-2 rounded-full ${index === 0 ? "bg-green" : "bg-line-strong"}`} />
            <span className="flex-1">{t(`happened.${word(one.what)}` as never)}</span>
            <span className="text-xs text-soft">{full(one.at)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** Kinds are written with points, which a message's key takes for levels. */
function word(what: string): string {
  return what.replaceAll(".", "_");
}
