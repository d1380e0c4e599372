"use client";

import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { isProblem, remedyFor } from "@/api/problem";
import { toast } from "@/components/ui/toaster";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";

import { type Shop, type ShopChanges, useShop, useShopChanged } from "./queries";
import { useDraft } from "./use-draft";

export type Part<Value> = {
  value: Value | null; // null until it is read
  set: (value: Value) => void;
  edited: boolean;
  readOnly: boolean;
  saving: boolean;
  save: () => void;
  discard: () => void;
  /** Somebody else saved since the typing began: who, and when. */
  conflict: { by: string | null; at: string; keepMine: () => void } | null;
  remedy: (field: string) => string | undefined;
};

/** A part of what the boutique says of itself: read, typed, kept while unsaved, saved. */
export function usePart<Value>(
  name: string,
  read: (shop: Shop) => Value,
  write: (value: Value) => ShopChanges,
): Part<Value> {
  const t = useTranslations();
  const { role } = useBoutique();
  const path = useBoutiquePath();
  const { data, refetch } = useShop();
  const changed = useShopChanged();
  const [draft, keep] = useDraft<Value>(name);
  const save = api.useMutation("patch", "/boutiques/{boutique_id}", {
    onSuccess: async () => {
      await changed();
      keep(null);
      toast.success(t("settings.saved"));
    },
    onError: (error) => {
      if (isProblem(error) && error.status === 412) void refetch();
      else if (!isProblem(error) || !error.errors?.length) toast.error(isProblem(error) ? error.detail : t("common.failed"));
    },
  });
  const stale = draft && data && draft.base !== data.version && !save.isPending;

  return {
    value: draft?.value ?? (data ? read(data.shop) : null),
    set: (value) => data && keep({ base: draft?.base ?? data.version, value }),
    edited: draft !== null,
    readOnly: role !== "owner",
    saving: save.isPending,
    save: () => draft && save.mutate({
      params: { path, header: { "if-match": draft.base } },
      body: write(draft.value) as Schemas["BoutiqueChanges"],
    }),
    discard: () => {
      keep(null);
      save.reset();
    },
    conflict: stale
      ? { by: data.shop.changed_by, at: data.shop.updated_at, keepMine: () => keep({ ...draft, base: data.version }) }
      : null,
    remedy: (field) => remedyFor(save.error, field),
  };
}
