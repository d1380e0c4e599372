"use client";

import { api, type Schemas } from "@/api/client";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { useLookAgain } from "@/platform/works/look-again";

export type Letter = Omit<Schemas["PlatformDeadLetter"], "id"> & { id: string };
export type Unsent = Schemas["PlatformFailedMessage"];
export const KINDS = ["letters", "messages"] as const;

export function useLetters(): Rows<Letter> {
  const found = rowsOf(api.useInfiniteQuery("get", "/platform/dead-letters", {}, PAGING));
  return { ...found, rows: found.rows.map((one) => ({ ...one, id: String(one.id) })) };
}

export function useUnsent(): Rows<Unsent> {
  return rowsOf(api.useInfiniteQuery("get", "/platform/failed-messages", {}, PAGING));
}

export function useRetryLetters() {
  return api.useMutation("post", "/platform/dead-letters/retry", { onSuccess: useLookAgain() });
}

export function useDismissLetters() {
  return api.useMutation("post", "/platform/dead-letters/dismiss", { onSuccess: useLookAgain() });
}

export function useSendAgain() {
  return api.useMutation("post", "/platform/failed-messages/retry", { onSuccess: useLookAgain() });
}

export function useDismissUnsent() {
  return api.useMutation("post", "/platform/failed-messages/dismiss", { onSuccess: useLookAgain() });
}
