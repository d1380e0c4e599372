"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocale } from "use-intl";

import { api, client, type Schemas } from "@/api/client";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { formatsOf } from "@/shell/formats";

export const FILTERS = ["all", "bought", "campaigns", "messages"] as const;
export type Filter = (typeof FILTERS)[number];
export type Move = Omit<Schemas["WalletMove"], "id"> & { id: string };
export type TopUp = Schemas["WalletTopUp"];

const WALLET = "/boutiques/{boutique_id}/wallet";
// The owner waits with the phone in her hand; where M-Pesa was silent, it is asked once an hour.
const INTERVALS_MS: Record<TopUp["state"], number | false> = {
  waiting: 1_500, unanswered: 30_000, paid: false, failed: false, review: false,
};

export function useWallet() {
  const path = useBoutiquePath();
  return api.useQuery("get", WALLET, { params: { path } }).data;
}

export function useRates() {
  const path = useBoutiquePath();
  return api.useQuery("get", `${WALLET}/rates`, { params: { path } }).data;
}

export function useMoves(filter: Filter): Rows<Move> {
  const path = useBoutiquePath();
  const found = rowsOf(api.useInfiniteQuery("get", `${WALLET}/transfers`, { params: { path, query: { filter } } }, PAGING));
  return { ...found, rows: found.rows.map((move) => ({ ...move, id: String(move.id) })) };
}

/** The purchase that was begun last, if M-Pesa has not told its end: a reload goes on with it. */
export function useOpenTopUp(owner: boolean): TopUp | null {
  const [last] = useTopUps(owner);
  return last && (last.state === "waiting" || last.state === "unanswered") ? last : null;
}

/** Money that came and bought nothing yet, because a person must look at it. */
export function useReviewed(owner: boolean): TopUp[] {
  return useTopUps(owner).filter((one) => one.state === "review");
}

/** The last ones, newest first. */
function useTopUps(owner: boolean): TopUp[] {
  const path = useBoutiquePath();
  return api.useQuery("get", `${WALLET}/top-ups`, { params: { path, query: { limit: 20 } } }, { enabled: owner }).data?.items ?? [];
}

/** A purchase, looked at again until its end is told; then the wallet is looked at again too. */
export function useTopUp(id: string | null): TopUp | undefined {
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const topUp = api.useQuery("get", `${WALLET}/top-ups/{top_up_id}`, { params: { path: { ...path, top_up_id: id ?? "" } } }, {
    enabled: id !== null,
    refetchInterval: ({ state }) => INTERVALS_MS[state.data?.state ?? "waiting"],
  }).data;
  const state = topUp?.state;
  useEffect(() => {
    if (state && state !== "waiting") void refreshWallet(queries);
  }, [state, queries]);
  return topUp;
}

export function useBuying() {
  const queries = useQueryClient();
  return api.useMutation("post", `${WALLET}/top-ups`, { onSuccess: () => void refreshWallet(queries) });
}

function refreshWallet(queries: QueryClient) {
  return queries.invalidateQueries({
    predicate: ({ queryKey: [, route] }) => typeof route === "string" && route.startsWith(WALLET) && !route.endsWith("{top_up_id}"),
  });
}

export async function fetchStatement(boutique_id: string, filter: Filter, name: string): Promise<File> {
  const { data, error } = await client.GET(`${WALLET}/statement`, {
    params: { path: { boutique_id }, query: { filter } }, parseAs: "text",
  });
  if (data === undefined) throw error;
  return new File([data], `${name}.csv`, { type: "text/csv" });
}

/** Tokens are paid in shillings of Kenya, whatever the shop sells in. */
export function useTokenMoney() {
  const locale = useLocale();
  const { timezone } = useBoutique();
  return formatsOf(locale, "KES", timezone).money;
}
