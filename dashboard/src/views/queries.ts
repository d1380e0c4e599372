"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

export type View = Schemas["View"];
export type Screen = View["screen"];

/** The parameters of each screen's address that a view keeps. */
export const PARAMS: Record<Screen, readonly string[]> = {
  orders: ["filter"],
  customers: ["sort", "search", "tag", "group"],
  pieces: ["filter", "search"],
  chats: ["filter", "tag"],
  payments: ["filter", "days", "search"],
};
export const PAGES: Record<Screen, string> = {
  orders: "/orders", customers: "/customers", pieces: "/pieces", chats: "/chats", payments: "/money",
};

export const VIEWS = "/boutiques/{boutique_id}/saved-views";

/** Those that the person sees, of all screens: as they were told last, until they are told anew (`fresh`). */
export function useViews(): { views: View[] | undefined; fresh: boolean } {
  const path = useBoutiquePath();
  const { data, isFetchedAfterMount } = api.useQuery("get", VIEWS, { params: { path } },
    { staleTime: 0, meta: { keptFor: "days", settled: true } });
  return { views: data?.items, fresh: isFetchedAfterMount };
}

export function useViewsChanged() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["get", VIEWS] });
}
