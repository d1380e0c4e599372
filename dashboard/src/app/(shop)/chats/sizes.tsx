"use client";

import { useTranslations } from "use-intl";

import { useWords } from "@/components/words";
import { Section } from "@/shell/detail";

import type { Customer } from "./queries";

type Size = Customer["sizes"][number];

/** Sizes as the customer told them: her own, and of those she buys for. */
export function Sizes({ sizes }: { sizes: Size[] }) {
  const t = useTranslations("chats.about");
  const words = useWords();
  if (sizes.length === 0) return null;
  const whose = (one: Size) => (one.relation ? [t(`relation.${one.relation}` as never), one.wearer_name].filter(Boolean).join(" ") : t("herself"));
  const of = (one: Size) => (one.category ? ` · ${words.kind(one.category)}` : "");
  return (
    <Section title={t("sizes")}>
      <ul className="divide-y">
        {sizes.map((one, index) => (
          <li key={index} className="flex items-baseline gap-2 px-4 py-2.5">
            <span className="min-w-0 flex-1 text-xs text-soft">{whose(one)}{of(one)}</span>
            <span className="text-right font-medium">
              {one.kind === "measured" ? t("measured", { measure: t(`measure.${one.measure ?? "length"}` as never), cm: String(one.cm ?? "") })
                : one.kind === "fit" ? t(`fit.${one.fit ?? "right"}`, { size: one.size ?? "" })
                : (one.size ?? "")}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
