"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { Field, Input } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

import { MINUTES, type Unit, unitOf } from "../told";

const MOST = 30 * MINUTES.days;

/** How long to wait, in the unit in which it is thought. */
export function WaitField(props: { minutes: number; label: string; hint?: string; error?: string; onChange: (minutes: number) => void }) {
  const t = useTranslations("automations.write");
  const [unit, setUnit] = useState<Unit>(unitOf(props.minutes));
  const count = props.minutes / MINUTES[unit];
  const set = (next: number, as: Unit) => props.onChange(Math.min(Math.max(Math.round(next * MINUTES[as]), 0), MOST));
  return (
    <div className="grid grid-cols-[1fr_1.4fr] items-start gap-3">
      <Field label={props.label} hint={props.hint} error={props.error}>
        {(wired) => (
          <Input {...wired} type="number" inputMode="numeric" min={0} max={MOST / MINUTES[unit]} value={Number.isInteger(count) ? count : count.toFixed(1)}
            onChange={(event) => set(Number(event.target.value), unit)} />
        )}
      </Field>
      <Field label={t("unit")}>
        {(wired) => (
          <Select {...wired} value={unit} onChange={(event) => {
            const next = event.target.value as Unit;
            setUnit(next);
            set(Math.max(Math.round(count), 1), next);
          }}>
            {(Object.keys(MINUTES) as Unit[]).map((one) => <option key={one} value={one}>{t(`units.${one}`)}</option>)}
          </Select>
        )}
      </Field>
    </div>
  );
}
