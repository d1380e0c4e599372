"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input, Textarea } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { useBoutiquePath } from "@/shell/boutique";

import { ANSWERS, useTaught } from "./queries";

const FIELDS = ["asked", "english", "swahili"] as const;

/** The shop's own answer to a question that the assistant does not understand. */
export function AnswerSheet(props: { asked: string; onSaved: () => void; onClose: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const taught = useTaught();
  const form = useId();
  const [fields, setFields] = useState({ asked: props.asked.slice(0, 120), english: "", swahili: "" });
  const create = api.useMutation("post", ANSWERS, { onSuccess: () => { void taught(); props.onSaved(); } });
  const { error } = create;
  const beside = FIELDS.some((name) => remedyFor(error, name));
  const set = (name: (typeof FIELDS)[number]) => ({ target }: { target: { value: string } }) => setFields({ ...fields, [name]: target.value });

  function save(event: React.FormEvent) {
    event.preventDefault();
    create.mutate({ params: { path }, body: { ...fields, swahili: fields.swahili.trim() || null } });
  }
  return (
    <Sheet open onOpenChange={props.onClose} title={t("wishes.answer.title")} close={t("common.close")}
      footer={<Button type="submit" form={form} busy={create.isPending} disabled={fields.asked.trim().length < 3 || !fields.english.trim()}>{t("common.save")}</Button>}>
      <form id={form} onSubmit={save} className="flex flex-col gap-4 pt-1">
        <Field label={t("wishes.answer.asked")} hint={t("wishes.answer.askedHint")} error={remedyFor(error, "asked")}>
          {(wired) => <Input {...wired} required minLength={3} maxLength={120} autoComplete="off" value={fields.asked} onChange={set("asked")} />}
        </Field>
        <Field label={t("wishes.answer.english")} error={remedyFor(error, "english")}>
          {(wired) => <Textarea {...wired} required maxLength={500} value={fields.english} onChange={set("english")} />}
        </Field>
        <Field label={t("wishes.answer.swahili")} hint={t("wishes.answer.swahiliHint")} error={remedyFor(error, "swahili")}>
          {(wired) => <Textarea {...wired} maxLength={500} value={fields.swahili} onChange={set("swahili")} />}
        </Field>
        {error && !beside && <p role="alert" className="text-xs text-red">{isProblem(error) ? error.detail : t("common.failed")}</p>}
      </form>
    </Sheet>
  );
}
