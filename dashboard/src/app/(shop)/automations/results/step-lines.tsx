"use client";

import { useTranslations } from "use-intl";

import type { Results } from "./queries";

/** Each message of the rule on each channel: how many, and what came of them. */
export function StepLines({ steps }: { steps: Results["steps"] }) {
  const t = useTranslations("ruleResults");
  return (
    <ul className="divide-y">
      {steps.map((one) => (
        <li key={`${one.step}-${one.channel}`} className="px-4 py-3">
          <p className="flex items-baseline gap-3">
            <span className="min-w-0 flex-1 truncate font-medium">{t("step", { number: one.step + 1 })} · {t(`channel.${one.channel}`)}</span>
            <span className="shrink-0 tabular-nums">{t("stepSent", { sent: one.sent })}</span>
          </p>
          <p className="mt-0.5 text-xs text-soft">
            {t("stepCame", { delivered: one.delivered, read: one.read, clicked: one.clicked, bought: one.converted })}
            {one.failed > 0 && <span className="text-amber"> · {t("stepFailed", { count: one.failed })}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}
