"use client";

import { ExternalLink, Plus, Reply, Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";

import type { FormButton } from "./queries";
import { hasSuffix } from "./template-words";

const MOST = 10;

/** The buttons below the message: links, and words that come back as an answer. */
export function ButtonsField({ buttons, faultOf, onChange }: {
  buttons: FormButton[];
  faultOf: (field: string) => string | undefined;
  onChange: (buttons: FormButton[]) => void;
}) {
  const t = useTranslations("templates");
  const set = (place: number, changes: Partial<FormButton>) =>
    onChange(buttons.map((one, index) => (index === place ? { ...one, ...changes } : one)));
  const add = (kind: FormButton["kind"]) => onChange(inOrder([...buttons, { kind, text: "", url: "", example: "" }]));
  const fault = faultOf("buttons");
  return (
    <div className="divide-y">
      {buttons.map((button, place) => (
        <div key={place} role="group" aria-label={t("button", { number: place + 1 })} className="flex flex-col gap-3 p-4">
          <div className="flex items-end gap-2">
            <Field className="min-w-0 flex-1" label={t(button.kind === "url" ? "linkText" : "replyText")} error={faultOf(`buttons.${place}.text`)}>
              {(wired) => <Input {...wired} value={button.text} maxLength={25} onChange={(event) => set(place, { text: event.target.value })} />}
            </Field>
            <Button look="quiet" size="icon" aria-label={t("removeButton", { number: place + 1 })}
              onClick={() => onChange(buttons.filter((_, index) => index !== place))}><Trash2 aria-hidden /></Button>
          </div>
          {button.kind === "url" && (
            <Field label={t("url")} hint={t("urlHint")} error={faultOf(`buttons.${place}.url`)}>
              {(wired) => <Input {...wired} type="url" inputMode="url" value={button.url} maxLength={2000}
                onChange={(event) => set(place, { url: event.target.value.trim() })} />}
            </Field>
          )}
          {hasSuffix(button) && (
            <Field label={t("suffix")} error={faultOf(`buttons.${place}.example`)}>
              {(wired) => <Input {...wired} value={button.example} maxLength={300} onChange={(event) => set(place, { example: event.target.value.trim() })} />}
            </Field>
          )}
        </div>
      ))}
      {fault && <p role="alert" className="p-4 text-xs text-red">{fault}</p>}
      <div className="flex flex-wrap gap-2 p-4">
        <Button size="sm" look="outline" disabled={buttons.length >= MOST} onClick={() => add("url")}>
          <Plus aria-hidden /><ExternalLink aria-hidden /> {t("addLink")}
        </Button>
        <Button size="sm" look="outline" disabled={buttons.length >= MOST} onClick={() => add("quick_reply")}>
          <Plus aria-hidden /><Reply aria-hidden /> {t("addReply")}
        </Button>
      </div>
    </div>
  );
}

/** WhatsApp wants the links together, and the replies. */
function inOrder(buttons: FormButton[]): FormButton[] {
  return [...buttons.filter((one) => one.kind === "url"), ...buttons.filter((one) => one.kind !== "url")];
}
