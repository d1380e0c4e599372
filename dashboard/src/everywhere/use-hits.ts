"use client";

import { useEffect, useState } from "react";

import { api, type Schemas } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

export type Hit = Schemas["SearchHit"];
const LEAST = 2; // letters, as the API takes them
const STILL_MS = 150; // a word is typed faster

/** What the shop has of what was typed, the best of each kind; the hits of before stay meanwhile. */
export function useHits(typed: string) {
  const path = useBoutiquePath();
  const [q, setQ] = useState("");
  const wanted = typed.trim().slice(0, 100);
  useEffect(() => {
    const timer = setTimeout(() => setQ(wanted), STILL_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const asked = q.length >= LEAST;
  const found = api.useQuery("get", "/boutiques/{boutique_id}/search", { params: { path, query: { q } } },
    { enabled: asked, placeholderData: (before) => before, staleTime: 30_000, retry: 1, meta: { settled: true } });
  const enough = wanted.length >= LEAST;
  return {
    hits: enough && asked ? (found.data?.items ?? []) : [],
    looking: enough && (q !== wanted || found.isFetching),
    failed: enough && found.isError,
    retry: () => void found.refetch(),
  };
}
