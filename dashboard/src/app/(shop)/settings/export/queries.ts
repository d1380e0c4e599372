"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

export type ShopExport = Schemas["BoutiqueExport"];

const EXPORTS = "/boutiques/{boutique_id}/exports";
const LOOK_AGAIN_MS = 2_000;

export const isUnderWay = (one: ShopExport) => one.status === "waiting" || one.status === "running";

/** The newest first; looked at again while one is being written. */
export function useExports() {
  const path = useBoutiquePath();
  return api.useQuery("get", EXPORTS, { params: { path } }, {
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_AGAIN_MS : false),
  });
}

export function useAsking() {
  const queries = useQueryClient();
  return api.useMutation("post", EXPORTS, { onSettled: () => queries.invalidateQueries({ queryKey: ["get", EXPORTS] }) });
}

export function useLinking() {
  return api.useMutation("post", `${EXPORTS}/{export_id}/link`);
}
