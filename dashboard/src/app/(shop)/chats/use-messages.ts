"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

import { api, client } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";
import { EVERY_S } from "@/shell/live";

import { CHAT, type ChatMessage } from "./queries";

const AT_ONCE = 60;
type Place = { cursor?: string; newer_than?: string; up_to?: string };

/**
 * The messages of a chat, the earliest first, read to both sides of `at` or from the latest on.
 * What was read once is kept; only the latest are asked for again, where ticks still change.
 */
export function useMessages(id: string, at: string | null) {
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const key = ["messages", path.boutique_id, id, at];
  const read = useInfiniteQuery({
    queryKey: key,
    meta: { settled: true },
    staleTime: Infinity,
    initialPageParam: (at ? { up_to: at } : {}) as Place,
    queryFn: async ({ pageParam }) => {
      const { data, error } = await client.GET(`${CHAT}/messages`, {
        params: { path: { ...path, conversation_id: id }, query: { limit: AT_ONCE, ...pageParam } },
      });
      if (error) throw error;
      return data;
    },
    getNextPageParam: (page): Place | undefined => (page.next_cursor ? { cursor: page.next_cursor } : undefined),
    getPreviousPageParam: (page): Place | undefined => (page.newer_cursor ? { newer_than: page.newer_cursor } : undefined),
  });
  const latest = api.useQuery("get", `${CHAT}/messages`,
    { params: { path: { ...path, conversation_id: id }, query: { limit: AT_ONCE } } },
    { refetchInterval: (EVERY_S / 4) * 1000 });

  const { rows, joined } = useMemo(
    () => join((read.data?.pages ?? []).flatMap((page) => page.items), latest.data?.items ?? [], read.hasPreviousPage),
    [read.data, latest.data, read.hasPreviousPage],
  );
  // More came than one look holds, while the page slept: begin anew rather than leave a gap.
  const gap = !joined && !read.hasPreviousPage && !read.isPending;
  useEffect(() => {
    if (gap) void queries.resetQueries({ queryKey: ["messages", path.boutique_id, id] });
  }, [gap, queries, path.boutique_id, id]);

  return {
    rows,
    atLatest: joined,
    loading: read.isPending,
    failed: read.isError,
    earlier: read.hasNextPage && !read.isFetchingNextPage ? () => void read.fetchNextPage() : null,
    later: read.hasPreviousPage && !read.isFetchingPreviousPage ? () => void read.fetchPreviousPage() : null,
    loadingEarlier: read.isFetchingNextPage,
  };
}

/** All of `read` with the latest over them, if they meet; the earliest first. */
export function join(read: ChatMessage[], latest: ChatMessage[], moreBetween: boolean) {
  const newest = Math.max(...read.map((one) => one.seq), -1);
  const first = Math.min(...latest.map((one) => one.seq), Infinity);
  const meets = read.length === 0 || latest.length === 0 || first <= newest || latest.length < AT_ONCE;
  const joined = meets && !(moreBetween && first > newest);
  const known = new Map<number, ChatMessage>();
  for (const one of [...read, ...(joined ? latest : [])]) known.set(one.seq, one);
  return { rows: [...known.values()].sort((one, two) => one.seq - two.seq), joined };
}
