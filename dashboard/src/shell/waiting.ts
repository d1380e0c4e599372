"use client";

import { api } from "@/api/client";

import { useBoutiquePath } from "./boutique";
import { EVERY_S } from "./live";

/** Today's figures, asked for by the page and by the marks of the navigation together. */
export function useToday() {
  const path = useBoutiquePath();
  return api.useQuery("get", "/boutiques/{boutique_id}/today", { params: { path } }, {
    refetchInterval: EVERY_S * 1000,
    meta: { keptFor: "day" },
  });
}

/** How much waits for a person at a place. */
export function useWaiting(place: string): number {
  const today = useToday().data;
  if (!today) return 0;
  if (place === "orders") return today.to_send + today.to_review;
  if (place === "chats") return today.chats_waiting;
  return 0;
}
