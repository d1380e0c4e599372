"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { type Screen, useViewsChanged, type View, VIEWS } from "./queries";

export type Fields = { name: string; shared: boolean; opens_first: boolean };
const VIEW = `${VIEWS}/{view_id}` as const;

/** Keeps a view, changes or deletes one, and says so. */
export function useSaving(screen: Screen, done: () => void) {
  const t = useTranslations("views");
  const path = useBoutiquePath();
  const changed = useViewsChanged();
  const [key] = useState(newKey);
  const after = (word: "saved" | "removed") => async (name: string) => {
    await changed();
    toast.success(t(word, { name }));
    done();
  };
  const create = api.useMutation("post", VIEWS, { onSuccess: ({ name }) => after("saved")(name) });
  const change = api.useMutation("put", VIEW, { onSuccess: ({ name }) => after("saved")(name) });
  const remove = api.useMutation("delete", VIEW, { onError: () => toast.error(t("failed")) });
  const error = create.error ?? change.error;
  return {
    busy: create.isPending || change.isPending || remove.isPending,
    taken: isProblem(error) && error.code === "invalid_value",
    failed: error !== null && !(isProblem(error) && error.code === "invalid_value"),
    save(fields: Fields, params: Record<string, string>, over?: View) {
      create.reset();
      change.reset();
      const body = { ...fields, params };
      if (over) change.mutate({ params: { path: { ...path, view_id: over.id } }, body });
      // The same tap again keeps it once; another name is another view.
      else create.mutate({ params: { path, header: { "idempotency-key": `${key}.${hashOf(body)}` } }, body: { ...body, screen } });
    },
    remove(view: View) {
      remove.mutate({ params: { path: { ...path, view_id: view.id } } }, { onSuccess: () => after("removed")(view.name) });
    },
  };
}

/** A short name of what is sent, of letters that a header may hold. */
function hashOf(body: object): string {
  let sum = 0;
  for (const letter of JSON.stringify(body)) sum = (Math.imul(sum, 31) + letter.codePointAt(0)!) | 0;
  return (sum >>> 0).toString(36);
}
