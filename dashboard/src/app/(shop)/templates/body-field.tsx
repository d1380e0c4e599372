"use client";

import { Plus } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";

import { Field, Input, Textarea } from "@/components/ui/field";

import type { Form } from "./queries";
import { variablesOf } from "./template-words";

/** What we know ourselves of each customer. */
const KNOWN = ["customer_name", "boutique_name", "price", "pieces"] as const;

export function BodyField({ form, faultOf, onChange }: {
  form: Form;
  faultOf: (field: string) => string | undefined;
  onChange: (changes: Partial<Form>) => void;
}) {
  const t = useTranslations("templates");
  const box = useRef<HTMLTextAreaElement>(null);
  const names = variablesOf(form.body);

  /** Where the cursor stands, with a space before it. */
  function insert(name: string) {
    const at = box.current?.selectionStart ?? form.body.length;
    const before = form.body.slice(0, at);
    const gap = before && !/\s$/.test(before) ? " " : "";
    onChange({ body: `${before}${gap}{{${name}}}${form.body.slice(at)}` });
    requestAnimationFrame(() => {
      const end = at + gap.length + name.length + 4;
      box.current?.focus();
      box.current?.setSelectionRange(end, end);
    });
  }
  return (
    <div className="flex flex-col gap-3">
      <Field label={t("body")} hint={t("bodyHint", { count: form.body.length })} error={faultOf("body")}>
        {(wired) => <Textarea {...wired} ref={box} rows={6} value={form.body} maxLength={4000}
          onChange={(event) => onChange({ body: event.target.value })} />}
      </Field>
      <div role="group" aria-label={t("insert")} className="flex flex-wrap gap-2">
        {KNOWN.map((name) => (
          <button key={name} type="button" onClick={() => insert(name)}
            className="flex h-10 items-center gap-1 rounded-full border border-line bg-raised pl-2.5 pr-3.5 font-medium transition-colors duration-150 hover:bg-paper">
            <Plus aria-hidden className="size-4" /> {t(`variables.${name}`)}
          </button>
        ))}
      </div>
      {names.length > 0 && (
        <fieldset className="grid gap-3 rounded-2xl border p-4 wide:grid-cols-2">
          <legend className="px-1 text-xs font-medium text-soft">{t("examples")}</legend>
          {names.map((name) => (
            <Field key={name} label={`{{${name}}}`} error={faultOf(`examples.${name}`)}>
              {(wired) => <Input {...wired} value={form.examples?.[name] ?? ""} maxLength={300}
                onChange={(event) => onChange({ examples: { ...form.examples, [name]: event.target.value } })} />}
            </Field>
          ))}
        </fieldset>
      )}
    </div>
  );
}
