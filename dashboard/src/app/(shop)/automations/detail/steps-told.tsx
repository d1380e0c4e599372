"use client";

import { useTranslations } from "use-intl";

import { Section } from "@/shell/detail";
import { useLanguage } from "@/i18n";

import type { Rule } from "../queries";
import { useTold } from "../told";

/** Each step with its wait and its words, in the reader's language where it is written in that. */
export function StepsTold({ rule }: { rule: Rule }) {
  const t = useTranslations("automations");
  const told = useTold();
  const { language } = useLanguage();
  const { trigger, steps, channels, experiment } = rule.definition;
  return (
    <Section title={t("steps")} aside={<span className="text-xs text-soft">{t(`by.${channels}`)}</span>}>
      <ol className="divide-y">
        {steps.map((step, index) => (
          <li key={index} className="flex gap-3 p-4">
            <span aria-hidden className="grid size-7 shrink-0 place-items-center rounded-full bg-green-soft text-xs font-semibold text-green-ink">{index + 1}</span>
            <div className="min-w-0 flex-1">
              <p className="text-xs text-soft">{told.when(trigger, step.after_minutes)}</p>
              <p className="mt-1 whitespace-pre-line break-words">{step.message.text[language] ?? Object.values(step.message.text)[0]}</p>
            </div>
          </li>
        ))}
      </ol>
      {experiment && (
        <p className="border-t px-4 py-3 text-xs text-soft">
          {experiment.variants.length > 0 && t("experiment.told", { count: experiment.variants.length })}{" "}
          {experiment.holdout > 0 && t("experiment.heldOut", { percent: Math.round(experiment.holdout * 100) })}
        </p>
      )}
    </Section>
  );
}
