"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { Input } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useFormats } from "@/shell/formats";

import { type Condition, KINDS } from "./rule";

/** What a field is compared with, in the shape that it and the comparison ask for. */
export function ConditionValue({ condition, onChange }: { condition: Condition; onChange: (value: unknown) => void }) {
  const t = useTranslations("campaigns.segments");
  const kind = KINDS[condition.field];
  const { value, comparison, field } = condition;
  const label = t("value");
  if (comparison === "exists" || kind === "yes_or_no") {
    return (
      <Select aria-label={label} value={String(value)} onChange={(event) => onChange(event.target.value === "true")}>
        <option value="true">{t("yes")}</option>
        <option value="false">{t("no")}</option>
      </Select>
    );
  }
  if (comparison === "between" && Array.isArray(value)) {
    const [low, high] = value as [unknown, unknown];
    return (
      <div className="grid grid-cols-2 gap-2">
        <One field={field} label={t("from")} value={low} onChange={(next) => onChange([next, high])} />
        <One field={field} label={t("to")} value={high} onChange={(next) => onChange([low, next])} />
      </div>
    );
  }
  if (comparison === "in") return <Several label={t("several")} value={value as string[]} onChange={onChange} />;
  if (comparison === "in_last_days") {
    return <NumberInput label={t("days")} value={value as number} least={1} onChange={onChange} />;
  }
  return <One field={field} label={label} value={value} onChange={onChange} />;
}

function One(props: { field: Condition["field"]; label: string; value: unknown; onChange: (value: unknown) => void }) {
  const t = useTranslations("campaigns.segments");
  const { digits, currency } = useFormats();
  const kind = KINDS[props.field];
  if (props.field === "language") {
    return (
      <Select aria-label={props.label} value={String(props.value)} onChange={(event) => props.onChange(event.target.value)}>
        <option value="">…</option>
        <option value="en">{t("english")}</option>
        <option value="sw">{t("swahili")}</option>
      </Select>
    );
  }
  if (props.field === "spent_minor" || props.field === "owes_minor") {
    const unit = 10 ** digits;
    return (
      <NumberInput label={`${props.label} (${currency})`} value={(props.value as number) / unit} least={0}
        onChange={(major) => props.onChange(Math.round(major * unit))} />
    );
  }
  if (kind === "number") return <NumberInput label={props.label} value={props.value as number} least={0} onChange={props.onChange} />;
  return (
    <Input aria-label={props.label} type={kind === "day" ? "date" : "text"} maxLength={80} placeholder={kind === "day" ? undefined : props.label}
      value={String(props.value)} onChange={(event) => props.onChange(event.target.value)} />
  );
}

/** Keeps what is typed, also while it is no number yet. */
function NumberInput(props: { label: string; value: number; least: number; onChange: (value: number) => void }) {
  const [typed, type] = useState(Number.isNaN(props.value) ? "" : String(props.value));
  return (
    <Input aria-label={props.label} inputMode="numeric" value={typed}
      onChange={(event) => {
        type(event.target.value);
        const number = Number.parseInt(event.target.value.replaceAll(",", ""), 10);
        props.onChange(number >= props.least ? number : Number.NaN);
      }} />
  );
}

function Several(props: { label: string; value: string[]; onChange: (value: string[]) => void }) {
  const [typed, type] = useState(props.value.join(", "));
  return (
    <Input aria-label={props.label} placeholder={props.label} value={typed}
      onChange={(event) => {
        type(event.target.value);
        props.onChange(event.target.value.split(",").map((one) => one.trim()).filter(Boolean));
      }} />
  );
}
