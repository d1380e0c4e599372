"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { client } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Textarea } from "@/components/ui/field";
import { useBoutiquePath } from "@/shell/boutique";

import type { Customer } from "./queries";

const CUSTOMER = "/boutiques/{boutique_id}/customers/{customer_id}";

/** What the shop should remember of a customer; an edit of another's unseen words is refused. */
export function CustomerNotes({ customer }: { customer: Customer }) {
  const t = useTranslations("chats.about");
  const c = useTranslations("common");
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const [text, setText] = useState(customer.notes ?? "");
  const [seen, setSeen] = useState(customer.notes ?? "");
  const [state, setState] = useState<{ saving?: boolean; error?: string }>({});
  const params = { path: { ...path, customer_id: customer.id } };

  async function save() {
    setState({ saving: true });
    try {
      const now = await client.GET(CUSTOMER, { params });
      if ((now.data?.notes ?? "") !== seen) {
        setSeen(now.data?.notes ?? "");
        return setState({ error: t("notesChanged", { notes: now.data?.notes ?? "–" }) });
      }
      const { data, error } = await client.PUT(`${CUSTOMER}/notes`, {
        params: { ...params, header: { "if-match": now.response.headers.get("etag") ?? "" } }, body: { notes: text },
      });
      if (error) return setState({ error: isProblem(error) ? error.detail : c("failed") });
      setSeen(data.notes ?? "");
      setText(data.notes ?? "");
      setState({});
      void queries.invalidateQueries({ queryKey: ["get", CUSTOMER] });
    } catch {
      setState({ error: c("failed") });
    }
  }
  return (
    <div className="flex flex-col gap-2">
      <Field label={t("notes")} hint={t("notesHint")} error={state.error}>
        {(wired) => <Textarea {...wired} value={text} maxLength={2000} onChange={(event) => setText(event.target.value)} className="min-h-20" />}
      </Field>
      {text.trim() !== seen && (
        <Button look="outline" size="sm" className="self-end" busy={state.saving} onClick={() => void save()}>{c("save")}</Button>
      )}
    </div>
  );
}
