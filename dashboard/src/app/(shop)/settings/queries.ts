"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";

import { api, client, type Schemas } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

export type Shop = Schemas["Boutique"];
/** Only what is sent is changed, whatever defaults the description has. */
export type ShopChanges = Partial<Schemas["BoutiqueChanges"]>;
export type Zone = Schemas["Zone"];
export type SizeChart = Schemas["SizeChart"];

/** The boutique with its version, which an edit must name. */
export function useShop() {
  const path = useBoutiquePath();
  return useQuery({
    queryKey: ["shop", path.boutique_id],
    queryFn: async () => {
      const { data, error, response } = await client.GET("/boutiques/{boutique_id}", { params: { path } });
      if (!data) throw error;
      return { shop: data, version: response.headers.get("etag") ?? "*" };
    },
  });
}

export function useZones() {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/delivery-zones", { params: { path } });
}

export function useSizeCharts() {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/size-charts", { params: { path } });
}

export function useMembers() {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/members", { params: { path } });
}

export function useApiKeys(enabled = true) {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/api-keys", { params: { path } }, { enabled });
}

export function useChannel(enabled = true) {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/channel", { params: { path } }, { enabled });
}

export function useSmsSender(enabled = true) {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/sms-sender", { params: { path } }, { enabled });
}

export function useMpesa(enabled = true) {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/mpesa", { params: { path } }, { enabled });
}

export function useGoLive(enabled = true) {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/go-live", { params: { path } }, { enabled, staleTime: 60_000, meta: { keptFor: "days" } });
}

/** After the shop changed: itself, and what the pages say of the boutique (its name, its zone). */
export function useShopChanged() {
  const queries = useQueryClient();
  return () => Promise.all([
    queries.invalidateQueries({ queryKey: ["shop"] }),
    queries.invalidateQueries({ queryKey: ["get", "/me"] }),
    queries.invalidateQueries({ queryKey: ["get", "/boutiques/{boutique_id}/go-live"] }),
  ]);
}

/** Looks again at a list of the settings, by its path. */
export function useListChanged(path: string) {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ["get", path] });
}
