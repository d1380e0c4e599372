"use client";

import { api, type Schemas } from "@/api/client";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { useLookAgain } from "@/platform/works/look-again";

export type Job = Omit<Schemas["PlatformJob"], "id"> & { id: string };
export const STATES = ["failed", "stalled", "waiting", "doing", "aborted", "cancelled"] as const;
export type State = (typeof STATES)[number];

export function useJobs(state: State, queue: string | null): Rows<Job> {
  const query = { state, ...(queue && { queue }) };
  const found = rowsOf(api.useInfiniteQuery("get", "/platform/jobs", { params: { query } }, PAGING));
  return { ...found, rows: found.rows.map((one) => ({ ...one, id: String(one.id) })) };
}

export function useRetry() {
  return api.useMutation("post", "/platform/jobs/retry", { onSuccess: useLookAgain() });
}

export function useCancel() {
  return api.useMutation("post", "/platform/jobs/cancel", { onSuccess: useLookAgain() });
}
