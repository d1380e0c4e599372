"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { newKey } from "@/api/once";
import { PAGING, rowsOf } from "@/api/pages";
import { isProblem } from "@/api/problem";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";
import { EVERY_S } from "@/shell/live";

export type CounterSale = Schemas["CounterSale"];
export type NewSale = Schemas["NewCounterSale"];
export const WAYS = ["cash", "mpesa", "credit"] as const;
export type PaidBy = (typeof WAYS)[number];

export function useCounterPieces(search: string) {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/counter-pieces",
    { params: { path, query: { search } } }, { placeholderData: (before) => before });
}

export function useTotals() {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/counter-sales/totals",
    { params: { path } }, { refetchInterval: EVERY_S * 1000 });
}

export function useSalesOfToday() {
  const path = useBoutiquePath();
  return rowsOf(api.useInfiniteQuery("get", "/boutiques/{boutique_id}/counter-sales",
    { params: { path, query: { filter: "today" } } },
    { ...PAGING, refetchInterval: EVERY_S * 1000 }));
}

/** After stock moved over the counter: what the till shows, what was sold, pieces, and Today. */
function useSalesChanged() {
  const queries = useQueryClient();
  const { boutique_id } = useBoutiquePath();
  return () => Promise.all([
    queries.invalidateQueries({ queryKey: ["piece", boutique_id] }),
    ...(["counter-pieces", "counter-sales", "counter-sales/totals", "products", "today"] as const).map((noun) =>
      queries.invalidateQueries({ queryKey: ["get", `/boutiques/{boutique_id}/${noun}`] })),
  ]);
}

/**
 * Sells what is on the counter. A second try with the same content has the same key, so that a lost
 * answer sells nothing twice.
 */
export function useSell() {
  const path = useBoutiquePath();
  const changed = useSalesChanged();
  const tried = useRef({ body: "", key: "" });
  const send = api.useMutation("post", "/boutiques/{boutique_id}/counter-sales", {
    onSuccess: () => {
      tried.current = { body: "", key: "" };
      void changed();
    },
    onError: () => void changed(),
  });
  const sell = (sale: NewSale, onSold: (sold: CounterSale) => void) => {
    const body = JSON.stringify(sale);
    if (tried.current.body !== body) tried.current = { body, key: newKey() };
    send.mutate({ params: { path, header: { "idempotency-key": tried.current.key } }, body: sale }, { onSuccess: onSold });
  };
  return { sell, busy: send.isPending, problem: send.error, forget: send.reset };
}

/** Takes a sale of today back; the pieces are in stock again. */
export function useUndo() {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useSalesChanged();
  const { money } = useFormats();
  const send = api.useMutation("post", "/boutiques/{boutique_id}/counter-sales/{sale_id}/undone", {
    onSuccess: (sale) => {
      toast(t("sell.isUndone", { sum: money(sale.total_minor) }));
      void changed();
    },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  return { undo: (id: string) => send.mutate({ params: { path: { ...path, sale_id: id } } }), busy: send.isPending };
}
