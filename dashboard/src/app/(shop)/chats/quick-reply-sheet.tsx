"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input, Textarea } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import type { QuickReply } from "./queries";

const ALL = "/boutiques/{boutique_id}/quick-replies";
const ONE = `${ALL}/{reply_id}` as const;

/** A new quick reply, or one that is changed or deleted. */
export function QuickReplySheet({ reply, onClose }: { reply: QuickReply | null; onClose: () => void }) {
  const t = useTranslations("chats.quick");
  const c = useTranslations("common");
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const form = useId();
  const [fields, setFields] = useState({ shortcut: reply?.shortcut ?? "", english: reply?.english ?? "", swahili: reply?.swahili ?? "" });
  const [key] = useState(newKey);
  const done = { onSuccess: () => { void queries.invalidateQueries({ queryKey: ["get", ALL] }); onClose(); } };
  const create = api.useMutation("post", ALL, done);
  const change = api.useMutation("put", ONE, done);
  const remove = api.useMutation("delete", ONE, {
    ...done, onError: (error) => void toast.error(isProblem(error) ? error.detail : c("failed")),
  });
  const error = reply ? change.error : create.error;
  const at = { ...path, reply_id: reply?.id ?? "" };
  const set = (name: keyof typeof fields) => (value: string) => setFields({ ...fields, [name]: value });

  function save(event: React.FormEvent) {
    event.preventDefault();
    event.stopPropagation(); // the sheet stands inside the form of the composer, as React sees it
    if (reply) change.mutate({ params: { path: at }, body: fields });
    else create.mutate({ params: { path, header: { "idempotency-key": `${key}.${fields.shortcut}` } }, body: fields });
  }
  return (
    <Sheet open onOpenChange={(open) => { if (!open) onClose(); }} title={t(reply ? "change" : "new")} close={c("close")}
      footer={
        <>
          {reply && <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate({ params: { path: at } })}>{t("remove")}</Button>}
          <Button type="submit" form={form} busy={create.isPending || change.isPending}
            disabled={!fields.shortcut.trim() || !(fields.english.trim() || fields.swahili.trim())}>{c("save")}</Button>
        </>
      }>
      <form id={form} onSubmit={save} className="flex flex-col gap-4">
        <Field label={t("shortcut")} hint={t("shortcutHint")} error={remedyFor(error, "shortcut")}>
          {(wired) => <Input {...wired} value={fields.shortcut} maxLength={30} autoCapitalize="none" autoComplete="off"
            onChange={(event) => set("shortcut")(event.target.value.replace(/^\//, ""))} />}
        </Field>
        <Field label={t("english")} hint={t("nameHint")} error={remedyFor(error, "english")}>
          {(wired) => <Textarea {...wired} value={fields.english} maxLength={2000} onChange={(event) => set("english")(event.target.value)} />}
        </Field>
        <Field label={t("swahili")} error={remedyFor(error, "swahili")}>
          {(wired) => <Textarea {...wired} value={fields.swahili} maxLength={2000} onChange={(event) => set("swahili")(event.target.value)} />}
        </Field>
        {error && !isProblem(error) && <p role="alert" className="text-red">{c("failed")}</p>}
      </form>
    </Sheet>
  );
}
