"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { api, type Schemas } from "@/api/client";
import { PAGING, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";

export type Connected = Schemas["ConnectedCatalogue"];
export type Piece = Schemas["CataloguePieceAnswer"] & { id: string };
export type Item = Schemas["CatalogueItemAnswer"];
export type Foreign = Schemas["ForeignItemAnswer"];
export const FILTERS = ["all", "drifted", "rejected", "in_review", "waiting"] as const;
export type Filter = (typeof FILTERS)[number];

export const CATALOGUE = "/boutiques/{boutique_id}/catalogue";
const SOON_MS = 4_000; // while something is on its way
const LATER_MS = 60_000;

/** How it stands, asked again often while Meta has something of ours. */
export function useCatalogue() {
  const path = useBoutiquePath();
  return api.useQuery("get", CATALOGUE, { params: { path } }, {
    refetchInterval: (query) => (isUnderWay(query.state.data?.catalogue) ? SOON_MS : LATER_MS),
  });
}

export function isUnderWay(catalogue: Connected | null | undefined): boolean {
  if (!catalogue || catalogue.state === "refused") return false;
  const sending = catalogue.push_again_at ? 0 : catalogue.counts.waiting; // what failed has its hour
  return sending + catalogue.counts.in_review > 0 || catalogue.comparing;
}

export function useChoices(asked: boolean) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${CATALOGUE}/choices`, { params: { path } }, { enabled: asked, retry: false });
}

/** `readAt`: of the last comparison, after which other pieces may differ. */
export function usePieces(filter: Filter, underWay: boolean, readAt: string | null) {
  const path = useBoutiquePath();
  const queries = useQueryClient();
  useEffect(() => {
    void queries.invalidateQueries({ predicate: ({ queryKey: [, route] }) => route === `${CATALOGUE}/pieces` });
  }, [queries, readAt]);
  const list = rowsOf(api.useInfiniteQuery("get", `${CATALOGUE}/pieces`, { params: { path, query: { filter } } },
    { ...PAGING, refetchInterval: underWay ? SOON_MS : false }));
  return { ...list, rows: list.rows.map((row): Piece => ({ ...row, id: row.product_id })) };
}

export function useForeign(some: boolean) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${CATALOGUE}/foreign-items`, { params: { path } }, { enabled: some });
}

function useChanged() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({
    predicate: ({ queryKey: [, route] }) =>
      typeof route === "string" && (route.startsWith(CATALOGUE) || route.includes("/products")),
  });
}

export function useConnect() {
  const changed = useChanged();
  return api.useMutation("put", CATALOGUE, { onSuccess: changed });
}

export function useDisconnect() {
  const changed = useChanged();
  return api.useMutation("delete", CATALOGUE, { onSuccess: changed });
}

export function usePush() {
  const changed = useChanged();
  return api.useMutation("post", `${CATALOGUE}/pushes`, { onSuccess: changed });
}

export function useRead() {
  const changed = useChanged();
  return api.useMutation("post", `${CATALOGUE}/readings`, { onSuccess: changed });
}

/** Refused where Meta has something else by now, which is shown then. */
export function useTakeTheirs() {
  const changed = useChanged();
  return api.useMutation("post", `${CATALOGUE}/pieces/{product_id}/taken-over`, { onSettled: changed });
}

export function useKeepOurs() {
  const changed = useChanged();
  return api.useMutation("post", `${CATALOGUE}/pieces/{product_id}/sent-again`, { onSuccess: changed });
}
