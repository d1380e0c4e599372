"use client";

import { useTranslations } from "use-intl";

import { Field, Input } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";

import type { Trigger } from "../queries";
import { mayBeService, TRIGGERS } from "../triggers";
import type { Editing } from "./use-editing";

/** What it is called, what must happen, and whether it is an offer. */
export function TriggerPart({ editing }: { editing: Editing }) {
  const t = useTranslations("automations.write");
  const { written, change, remedy } = editing;
  const mayServe = mayBeService(written.trigger);
  const choose = (trigger: Trigger) => change({
    trigger,
    class: mayBeService(trigger) ? written.class : "marketing",
    conditions: { ...written.conditions, least_drop_percent: trigger === "price_dropped" ? written.conditions.least_drop_percent : null },
  });
  return (
    <section aria-label={t("what")} className="flex flex-col gap-4 rounded-2xl border bg-surface p-4">
      <Field label={t("name")} error={remedy("name")}>
        {(wired) => <Input {...wired} maxLength={80} value={written.name} placeholder={t("namePlaceholder")} onChange={(event) => change({ name: event.target.value })} />}
      </Field>
      <Field label={t("trigger")} hint={t(`triggerText.${written.trigger}`)} error={remedy("trigger")}>
        {(wired) => (
          <Select {...wired} value={written.trigger} onChange={(event) => choose(event.target.value as Trigger)}>
            {TRIGGERS.map((one) => <option key={one} value={one}>{t(`triggers.${one}`)}</option>)}
          </Select>
        )}
      </Field>
      {mayServe && (
        <div>
          <p className="mb-1 text-xs font-medium text-soft">{t("class")}</p>
          <Segmented label={t("class")} value={written.class} onChange={(chosen) => change({ class: chosen })}
            segments={(["service", "marketing"] as const).map((value) => ({ value, label: t(`classes.${value}`) }))} />
          <p className="mt-1 text-xs text-soft">{remedy("class") ?? t(`classText.${written.class}`)}</p>
        </div>
      )}
    </section>
  );
}
