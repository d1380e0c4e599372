"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "@/api/client";
import { PAGING, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";
import { EVERY_S } from "@/shell/live";

export type OrderRowData = Schemas["OrderRow"];
export type OrderData = Schemas["Order"];
export const FILTERS = ["to_send", "review", "on_the_way", "unpaid", "done", "refunded", "cancelled", "all"] as const;
export type OrderFilter = (typeof FILTERS)[number];
const KEPT: OrderFilter[] = ["to_send", "all"]; // what is seen first

export function useOrders(filter: OrderFilter) {
  const path = useBoutiquePath();
  return rowsOf(api.useInfiniteQuery("get", "/boutiques/{boutique_id}/orders",
    { params: { path, query: { filter } } },
    { ...PAGING, refetchInterval: EVERY_S * 1000, meta: KEPT.includes(filter) ? { keptFor: "days" } : undefined }));
}

export function useOrder(id: string) {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/orders/{order_id}",
    { params: { path: { ...path, order_id: id } } }, { refetchInterval: EVERY_S * 1000 });
}

/** After an order changed: every list that may hold it, and the figures of today. */
export function useOrdersChanged() {
  const queries = useQueryClient();
  return () => Promise.all([
    queries.invalidateQueries({ queryKey: ["get", "/boutiques/{boutique_id}/orders"] }),
    queries.invalidateQueries({ queryKey: ["get", "/boutiques/{boutique_id}/orders/{order_id}"] }),
    queries.invalidateQueries({ queryKey: ["get", "/boutiques/{boutique_id}/today"] }),
    queries.invalidateQueries({ queryKey: ["get", "/boutiques/{boutique_id}/requests"] }),
  ]);
}
