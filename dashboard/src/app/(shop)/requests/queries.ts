"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "@/api/client";
import { PAGING, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";

export type CustomerRequest = Schemas["CustomerRequest"];

export function useRequests() {
  const path = useBoutiquePath();
  return rowsOf(api.useInfiniteQuery("get", "/boutiques/{boutique_id}/requests",
    { params: { path, query: { status: "open" } } }, PAGING));
}

export function useRequestsChanged() {
  const queries = useQueryClient();
  return () => Promise.all([
    queries.invalidateQueries({ queryKey: ["get", "/boutiques/{boutique_id}/requests"] }),
    queries.invalidateQueries({ queryKey: ["get", "/boutiques/{boutique_id}/today"] }),
  ]);
}
