"use client";

import { useRef } from "react";
import { useTranslations } from "use-intl";

import { Field, Textarea } from "@/components/ui/field";

import type { VariableName } from "./variables";

/** A text, and under it what may stand in it: a tap puts the variable where the cursor is. */
export function TextWithVariables(props: {
  label: string;
  value: string;
  variables: VariableName[];
  most: number;
  hint?: string;
  error?: string;
  onChange: (text: string) => void;
}) {
  const t = useTranslations("automations.write");
  const box = useRef<HTMLTextAreaElement>(null);
  const put = (name: VariableName) => {
    const area = box.current;
    const at = area?.selectionStart ?? props.value.length;
    const end = area?.selectionEnd ?? at;
    const inserted = `{${name}}`;
    props.onChange(`${props.value.slice(0, at)}${inserted}${props.value.slice(end)}`);
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(at + inserted.length, at + inserted.length);
    });
  };
  return (
    <div className="flex flex-col gap-2">
      <Field label={props.label} hint={props.hint} error={props.error}>
        {(wired) => (
          <Textarea {...wired} ref={box} rows={7} maxLength={props.most} value={props.value} onChange={(event) => props.onChange(event.target.value)} />
        )}
      </Field>
      <div role="group" aria-label={t("variables")} className="flex flex-wrap gap-1.5">
        {props.variables.map((name) => (
          <button key={name} type="button" onClick={() => put(name)}
            className="min-h-9 rounded-full border bg-raised px-3 text-xs font-medium transition-colors duration-150 hover:bg-paper">
            {t(`variable.${name}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
