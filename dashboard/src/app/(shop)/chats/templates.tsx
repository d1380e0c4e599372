"use client";

import { Clock } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { useBoutiquePath } from "@/shell/boutique";

import { type Chat, CHAT, useChatsChanged, useTemplates } from "./queries";

type Template = Schemas["ChatTemplate"];

/** What may be written once the 24 hours are over: approved templates. */
export function Templates({ chat }: { chat: Chat }) {
  const t = useTranslations("chats.templates");
  const { data, error } = useTemplates(chat.id);
  const [chosen, choose] = useState<Template | null>(null);
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-start gap-3 rounded-2xl bg-amber-soft p-3 text-amber">
        <Clock aria-hidden className="mt-0.5 size-5 shrink-0" />
        {t(data && data.items.length === 0 ? "none" : error ? "failed" : "over")}
      </p>
      {(data?.items ?? []).map((template) => (
        <button key={template.name} type="button" onClick={() => choose(template)}
          className="min-h-12 rounded-2xl border bg-raised px-4 py-2.5 text-left hover:bg-paper">
          <span className="line-clamp-2">{fill(template, template.values)}</span>
        </button>
      ))}
      {chosen && <TemplateSheet chat={chat} template={chosen} onClose={() => choose(null)} />}
    </div>
  );
}

/** The text with its values; what is missing stays as a gap. */
export function fill(template: Template, values: Record<string, string>): string {
  return template.text.replace(/\{(\w+)\}/g, (_, name: string) => values[name]?.trim() || "…");
}

function TemplateSheet(props: { chat: Chat; template: Template; onClose: () => void }) {
  const t = useTranslations("chats.templates");
  const c = useTranslations("common");
  const path = useBoutiquePath();
  const changed = useChatsChanged();
  const { template } = props;
  const [values, setValues] = useState<Record<string, string>>(template.values);
  const key = useRef(newKey());
  const send = api.useMutation("post", `${CHAT}/templates`, { onSuccess: () => { void changed(); props.onClose(); } });
  const full = template.parameters.every((name) => values[name]?.trim());
  function submit(event: FormEvent) {
    event.preventDefault();
    send.mutate({
      params: { path: { ...path, conversation_id: props.chat.id }, header: { "idempotency-key": key.current } },
      body: { name: template.name, values },
    });
  }
  return (
    <Sheet open onOpenChange={(open) => { if (!open) props.onClose(); }} title={t("title")} close={c("close")}
      footer={<Button type="submit" form="template" busy={send.isPending} disabled={!full}>{t("send")}</Button>}>
      <form id="template" onSubmit={submit} className="flex flex-col gap-4">
        {template.parameters.map((name) => (
          <Field key={name} label={t.has(`parameters.${name}` as never) ? t(`parameters.${name}` as never) : name} error={remedyFor(send.error, name)}>
            {(wired) => <Input {...wired} value={values[name] ?? ""} maxLength={300}
              onChange={(event) => { key.current = newKey(); setValues({ ...values, [name]: event.target.value }); }} />}
          </Field>
        ))}
        <figure className="rounded-2xl bg-wall p-3">
          <figcaption className="mb-1 text-xs text-bubble-soft">{t("preview")}</figcaption>
          <p className="rounded-2xl rounded-tr-sm bg-bubble-out px-3 py-2">{fill(template, values)}</p>
        </figure>
        {send.error ? <Notice tone="risk">{isProblem(send.error) ? send.error.detail : c("failed")}</Notice> : null}
      </form>
    </Sheet>
  );
}
