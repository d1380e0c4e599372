"use client";

import { Banknote, Smartphone } from "lucide-react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { nameOf } from "./count";
import { type Day, METHODS, type Method } from "./queries";

const ICONS = { cash: Banknote, mpesa: Smartphone };

/** What came and went that day: by way of paying, what it was for, and who took it. */
export function Expected({ day }: { day: Day }) {
  const t = useTranslations("dailyClose");
  const { money } = useFormats();
  const beside = (["credit", "unsaid", "bank"] as const).flatMap((method) => {
    const sum = day.takings.reduce((all, one) => (one.method === method ? all + one.sum_minor : all), 0);
    return sum ? [{ method, sum }] : [];
  });
  return (
    <Section title={t("came")}>
      <div className="divide-y">
        {METHODS.map((method) => <OfMethod key={method} day={day} method={method} />)}
        {beside.map(({ method, sum }) => (
          <p key={method} className="flex gap-3 px-4 py-3 text-xs text-soft">
            <span className="flex-1">{t(`beside.${method}`)}</span><span className="tabular-nums">{money(sum)}</span>
          </p>
        ))}
      </div>
    </Section>
  );
}

function OfMethod({ day, method }: { day: Day; method: Method }) {
  const t = useTranslations("dailyClose");
  const { money } = useFormats();
  const Icon = ICONS[method];
  const takings = day.takings.filter((one) => one.method === method);
  const sum = takings.reduce((all, one) => all + one.sum_minor, 0);
  return (
    <div className="px-4 py-3">
      <p className="flex items-center gap-3 font-medium">
        <Icon aria-hidden className="size-5 text-soft" />
        <span className="flex-1">{t(`methods.${method}`)}</span>
        <span className="tabular-nums">{money(sum)}</span>
      </p>
      <ul className="mt-1 pl-8 text-xs text-soft">
        {takings.map((one) => (
          <li key={`${one.source} ${one.user_id}`} className="flex gap-3 py-1">
            <span className="min-w-0 flex-1 truncate">
              {t(`sources.${one.source}`, { count: one.payments })} · {who(day, one.user_id) ?? t(one.source === "order" ? "assistant" : "nobody")}
            </span>
            <span className={cn("shrink-0 tabular-nums", one.sum_minor < 0 && "text-red")}>{money(one.sum_minor)}</span>
          </li>
        ))}
        {takings.length === 0 && <li className="py-1">{t("nothing")}</li>}
      </ul>
    </div>
  );
}

export function who(day: Day, userId: string | null): string | null {
  return nameOf(day.people.find(({ user_id }) => user_id === userId)?.email);
}
