"use client";

import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { client } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem, remedyFor } from "@/api/problem";
import { useBoutiquePath } from "@/shell/boutique";

import { ALL, type Draft, ONE, useTemplatesChanged } from "./queries";

/** Keeps a draft and sends it to review; what was typed stays, whatever is refused. */
export function useEditor(given: string | null, onMade: (id: string) => void) {
  const t = useTranslations("templates");
  const c = useTranslations("common");
  const path = useBoutiquePath();
  const changed = useTemplatesChanged();
  const [busy, setBusy] = useState<"save" | "submit" | null>(null);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [key] = useState(newKey);

  async function keep(draft: Draft): Promise<string> {
    if (given) {
      const { data, error } = await client.PUT(ONE, { params: { path: { ...path, template_id: given } }, body: draft });
      if (!data) throw error;
      return given;
    }
    const once = { "idempotency-key": `${key}.${draft.name}.${draft.language}` };
    const { data, error } = await client.POST(ALL, { params: { path, header: once }, body: draft });
    if (!data?.id) throw error;
    return data.id;
  }

  async function work(what: "save" | "submit", draft: Draft) {
    setBusy(what);
    setFailure(null);
    let id = given;
    try {
      id = await keep(draft);
      if (what === "submit") {
        const { error } = await client.POST(`${ONE}/submissions`, { params: { path: { ...path, template_id: id } } });
        if (error) throw error;
      }
      await changed();
      toast.success(t(what === "submit" ? "inReview" : "saved"));
      onMade(id);
    } catch (error) {
      setFailure(error ?? {});
      await changed();
      if (id && id !== given) onMade(id); // the draft is kept, so that the next try is not another one
      toast.error(isProblem(error) ? error.detail : c("failed"));
    } finally {
      setBusy(null);
    }
  }

  return {
    tried,
    saving: busy === "save",
    submitting: busy === "submit",
    nameFault: remedyFor(failure, "name"),
    refused: isProblem(failure) && !failure.errors?.length ? failure.detail : null,
    save: (draft: Draft) => void work("save", draft),
    submit: (draft: Draft, problems: number) => {
      setTried(true);
      if (problems === 0) void work("submit", draft);
    },
  };
}
