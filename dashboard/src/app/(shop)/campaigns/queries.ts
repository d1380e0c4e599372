"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, client, type Schemas } from "@/api/client";
import { eventsOf } from "@/api/event-stream";
import { PAGING, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";
import { EVERY_S } from "@/shell/live";

export type Campaign = Schemas["Campaign"];
export type Status = Campaign["status"];
export type Written = Schemas["CampaignFields"];
export type Summary = Schemas["CampaignSummary"];
export type Preview = Schemas["CampaignPreview"];
/** How many of the audience have been looked at so far. */
export type PreviewProgress = { seen: number; audience: number };
export type Sample = Schemas["SampleCustomer"];
export type Stats = Schemas["CampaignStats"];
export type Seen = { campaign: Campaign; version: string };

export const FILTERS = ["all", "draft", "under_way", "over"] as const;
export type Filter = (typeof FILTERS)[number];
const STATUSES: Record<Filter, Status[] | null> = {
  all: null,
  draft: ["draft"],
  under_way: ["scheduled", "sending", "paused", "missed"],
  over: ["completed", "cancelled", "failed"],
};

export function useCampaigns(filter: Filter) {
  const path = useBoutiquePath();
  return rowsOf(api.useInfiniteQuery("get", "/boutiques/{boutique_id}/campaigns",
    { params: { path, query: { status: STATUSES[filter] } } },
    { ...PAGING, refetchInterval: EVERY_S * 1000 }));
}

/** How far the latest campaigns have come, by their ids. */
export function useSummaries(): Map<string, Summary> {
  const path = useBoutiquePath();
  const { data } = api.useQuery("get", "/boutiques/{boutique_id}/campaign-summaries", { params: { path } },
    { refetchInterval: EVERY_S * 1000 });
  return new Map(data?.items.map((one) => [one.campaign_id, one]));
}

export const campaignKey = (boutique: string, id: string) => ["campaign", boutique, id];

/** A campaign with its version, which an edit must name. */
export function useCampaign(id: string | null) {
  const path = useBoutiquePath();
  return useQuery({
    queryKey: campaignKey(path.boutique_id, id ?? ""),
    enabled: id !== null,
    queryFn: async (): Promise<Seen> => {
      const { data, error, response } = await client.GET("/boutiques/{boutique_id}/campaigns/{campaign_id}", {
        params: { path: { ...path, campaign_id: id ?? "" } },
      });
      if (!data) throw error;
      return { campaign: data, version: response.headers.get("etag") ?? "*" };
    },
  });
}

/** Who would get it, as it is kept; asked anew for each version, and not for each event of the shop. */
export function usePreview(id: string, version: string | undefined) {
  const path = useBoutiquePath();
  const [seen, setSeen] = useState<PreviewProgress | null>(null);
  const query = useQuery<Preview>({
    queryKey: ["campaign-preview", path.boutique_id, id, version],
    enabled: version !== undefined,
    meta: { settled: true },
    staleTime: 60_000,
    placeholderData: (before: Preview | undefined) => before,
    queryFn: async ({ signal }) => {
      const { data, error } = await client.POST("/boutiques/{boutique_id}/campaigns/{campaign_id}/preview/stream", {
        params: { path: { ...path, campaign_id: id } }, parseAs: "stream", signal,
      });
      if (!data) throw error;
      try {
        return await lastOf(data as ReadableStream<Uint8Array>, setSeen);
      } finally {
        setSeen(null);
      }
    },
  });
  return { ...query, seen };
}

/** The preview at the end of the stream, or its problem thrown; `onSeen` hears how far it has come. */
async function lastOf(stream: ReadableStream<Uint8Array>, onSeen: (seen: PreviewProgress) => void): Promise<Preview> {
  for await (const event of eventsOf(stream)) {
    if (event.name === "preview") return event.data as Preview;
    if (event.name === "problem") throw event.data;
    onSeen(event.data as PreviewProgress);
  }
  throw new Error("the preview was cut off");
}

export function useStats(id: string) {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/campaigns/{campaign_id}/stats",
    { params: { path: { ...path, campaign_id: id } } }, { refetchInterval: EVERY_S * 1000 });
}

export function useWallet() {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/wallet", { params: { path } });
}

/** After a campaign changed: itself, every list that holds it, and what its tokens are. */
export function useCampaignsChanged() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({
    predicate: ({ queryKey: [first, second] }) =>
      first === "campaign" || /campaign|wallet/.test(typeof second === "string" ? second : ""),
  });
}

/** What was written, of what is shown. */
export function writtenIn({ name, audience, pieces, message, schedule, pace, experiment }: Campaign): Written {
  return { name, audience, pieces, message, schedule, pace, experiment };
}
