"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { toast } from "@/components/ui/toaster";

export const BOUTIQUE = "/platform/boutiques/{boutique_id}";
export const KEYS = `${BOUTIQUE}/keys` as const;

export function usePlatformBoutique(id: string | null) {
  return api.useQuery("get", BOUTIQUE, { params: { path: { boutique_id: id ?? "" } } }, { enabled: id !== null });
}

/** Everything that the platform shows of boutiques is asked for anew. */
export function useAnew() {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({
    predicate: ({ queryKey }) => String(queryKey[1]).startsWith("/platform/boutiques"),
  }), [queries]);
}

/** Says in words why something could not be done. */
export function useRefused() {
  const t = useTranslations("common");
  return useCallback((error: unknown) => void toast.error(isProblem(error) ? error.detail : t("failed")), [t]);
}
