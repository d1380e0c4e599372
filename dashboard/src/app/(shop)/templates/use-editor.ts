"use client";

import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { client } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem, remedyFor } from "@/api/problem";
import { useBoutiquePath } from "@/shell/boutique";

import { ALL, type Draft, ONE, type Template, useTemplatesChanged } from "./queries";

type Work = "save" | "submit" | "copy";
type Given = Pick<Template, "id" | "etag" | "status">;

/** Keeps a draft and sends it to review; what was typed stays, whatever is refused. */
export function useEditor(given: Given, onMade: (id: string) => void) {
  const t = useTranslations("templates");
  const c = useTranslations("common");
  const path = useBoutiquePath();
  const changed = useTemplatesChanged();
  const [busy, setBusy] = useState<Work | null>(null);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [key] = useState(newKey);
  const [seen, setSeen] = useState(given.etag); // the version that is typed into
  const stale = isProblem(failure) && failure.status === 412;

  async function rewrite(id: string, draft: Draft, version: string | null | undefined): Promise<string> {
    const { data, error } = await client.PUT(ONE, {
      params: { path: { ...path, template_id: id }, header: { "if-match": version ?? "*" } }, body: draft,
    });
    if (!data) throw error;
    setSeen(data.etag);
    return id;
  }

  async function create(draft: Draft): Promise<string> {
    const once = { "idempotency-key": `${key}.${draft.name}.${draft.language}` };
    const { data, error } = await client.POST(ALL, { params: { path, header: once }, body: draft });
    if (!data?.id) throw error;
    return data.id;
  }

  async function work(what: Work, draft: Draft, version = seen) {
    setBusy(what);
    setFailure(null);
    let id = given.id;
    try {
      id = given.id && what !== "copy" ? await rewrite(given.id, draft, version) : await create(draft);
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
      if (id && id !== given.id) onMade(id); // the draft is kept, so that the next try is not another one
      toast.error(isProblem(error) ? error.detail : c("failed"));
    } finally {
      setBusy(null);
    }
  }

  return {
    tried,
    saving: busy === "save" || busy === "copy",
    submitting: busy === "submit",
    nameFault: remedyFor(failure, "name"),
    refused: isProblem(failure) && !failure.errors?.length && !stale ? failure.detail : null,
    /** Somebody else wrote it since: what they wrote is the template that is given now. */
    stale,
    /** Nobody may write it any more: only a copy can keep what was typed. */
    closed: given.id !== null && given.status !== "draft" && given.status !== "rejected",
    save: (draft: Draft) => void work("save", draft),
    saveCopy: (draft: Draft) => void work("copy", { ...draft, name: `${draft.name}_2` }),
    keepMine: (draft: Draft) => void work("save", draft, given.etag),
    takeTheirs: () => { setSeen(given.etag); setFailure(null); },
    submit: (draft: Draft, problems: number) => {
      setTried(true);
      if (problems === 0) void work("submit", draft);
    },
  };
}
