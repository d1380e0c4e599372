"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

export type Segment = Schemas["Segment"];
export type AudienceList = Schemas["AudienceList"];

export const SEGMENTS = "/boutiques/{boutique_id}/segments";
export const LISTS = "/boutiques/{boutique_id}/audience-lists";

export function useSegments() {
  const path = useBoutiquePath();
  return api.useQuery("get", SEGMENTS, { params: { path } });
}

export function useLists() {
  const path = useBoutiquePath();
  return api.useQuery("get", LISTS, { params: { path } });
}

export function useAudiencesChanged() {
  const queries = useQueryClient();
  return () => Promise.all([SEGMENTS, LISTS].map((path) => queries.invalidateQueries({ queryKey: ["get", path] })));
}
