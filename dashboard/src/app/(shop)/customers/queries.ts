"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "@/api/client";
import { PAGING, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";

export type ListedCustomer = Schemas["ListedCustomer"];
export const SORTS = ["newest", "spent", "last_order", "name"] as const;
export type Sort = (typeof SORTS)[number];

export const CUSTOMERS = "/boutiques/{boutique_id}/customers";
export const CUSTOMER = `${CUSTOMERS}/{customer_id}` as const;

export function useCustomers(asked: { sort: Sort; search: string; tag: string | null; segment: string | null }) {
  const path = useBoutiquePath();
  const query = {
    sort: asked.sort,
    ...(asked.search.trim() ? { search: asked.search.trim() } : {}),
    ...(asked.tag ? { tag: asked.tag } : {}),
    ...(asked.segment ? { segment_id: asked.segment } : {}),
  };
  return rowsOf(api.useInfiniteQuery("get", CUSTOMERS, { params: { path, query } }, { ...PAGING, placeholderData: (before) => before }));
}

/** After something of one customer changed, or she is gone. */
export function useCustomersChanged() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({
    predicate: ({ queryKey: [, route] }) => typeof route === "string" && route.startsWith(CUSTOMERS),
  });
}
