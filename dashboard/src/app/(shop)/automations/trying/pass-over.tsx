"use client";

import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { cn } from "@/components/cn";
import { Field, Input } from "@/components/ui/field";

type Reason = NonNullable<Schemas["ForcedMessage"]["reason"]>;
export type Passing = { override: Reason[]; reason: string };

/** Consent, a stop, an open payment and WhatsApp's own limits are not among them. */
const MAY_BE_PASSED = ["quiet_hours", "frequency_cap", "cooldown", "rule_cap", "told_before", "conditions", "talking", "with_person"] as const satisfies readonly Reason[];
export const NOTHING_PASSED: Passing = { override: [], reason: "" };
export const isToldWhy = ({ override, reason }: Passing) => override.length === 0 || reason.trim() !== "";

/** What is not to count this time, and why: both are written down with the person's name. */
export function PassOver({ passing, onChange }: { passing: Passing; onChange: (passing: Passing) => void }) {
  const t = useTranslations("automations.send");
  const { override } = passing;
  const flip = (one: Reason) => onChange({
    ...passing, override: override.includes(one) ? override.filter((other) => other !== one) : [...override, one],
  });
  return (
    <details className="rounded-2xl border bg-raised">
      <summary className="min-h-12 cursor-pointer px-4 py-3 font-medium">{t("passOver")}</summary>
      <div className="flex flex-col gap-4 border-t p-4">
        <p className="text-xs text-soft">{t("passOverText")}</p>
        <div role="group" aria-label={t("passOver")} className="flex flex-wrap gap-2">
          {MAY_BE_PASSED.map((one) => {
            const on = override.includes(one);
            return (
              <button key={one} type="button" aria-pressed={on} onClick={() => flip(one)}
                className={cn("min-h-10 rounded-full border px-3.5 text-left text-sm font-medium transition-colors duration-150",
                  on ? "border-green bg-green text-on-green" : "bg-surface hover:bg-paper")}>
                {t(`may.${one}`)}
              </button>
            );
          })}
        </div>
        {override.length > 0 && (
          <Field label={t("why")} hint={t("whyHint")}>
            {(wired) => <Input {...wired} maxLength={300} value={passing.reason} onChange={(event) => onChange({ ...passing, reason: event.target.value })} />}
          </Field>
        )}
      </div>
    </details>
  );
}
