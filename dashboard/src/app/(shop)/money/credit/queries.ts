"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "@/api/client";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";

export type Debtor = Schemas["Debtor"];
export type ShownDebtor = Schemas["ShownDebtor"];
export type Debt = Schemas["ListedDebt"];
export type Entry = Schemas["CreditEntry"];
export type Age = Schemas["AgeSum"]["age"];
export const FILTERS = ["all", "week", "month", "older"] as const;
export const AGES: Age[] = ["week", "month", "older"];

const SHOP = "/boutiques/{boutique_id}";
const DEBTOR = `${SHOP}/debtors/{debtor_id}` as const;

export function useDebtors(filter: (typeof FILTERS)[number]): Rows<Debtor> {
  const path = useBoutiquePath();
  const query = filter === "all" ? {} : { age: filter };
  return rowsOf(api.useInfiniteQuery("get", `${SHOP}/debtors`, { params: { path, query } }, PAGING));
}

export function useDebtSums() {
  const path = useBoutiquePath();
  return api.useQuery("get", `${SHOP}/debt-sums`, { params: { path } }).data?.items;
}

export function useDebtor(id: string) {
  const path = useBoutiquePath();
  return api.useQuery("get", DEBTOR, { params: { path: { ...path, debtor_id: id } } });
}

export function useDebt(id: string) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${SHOP}/debts/{debt_id}`, { params: { path: { ...path, debt_id: id } } }).data;
}

export function useReminder(id: string, enabled: boolean) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${DEBTOR}/reminder`, { params: { path: { ...path, debtor_id: id } } }, { enabled });
}

export function usePaying() {
  return api.useMutation("post", `${DEBTOR}/payments`, { onSuccess: useLookAgain() });
}

export function useReminding() {
  return api.useMutation("post", `${DEBTOR}/reminder`, { onSettled: useLookAgain() });
}

export function useTakingBack() {
  return api.useMutation("post", `${SHOP}/debt-payments/{payment_id}/taken-back`, { onSuccess: useLookAgain() });
}

export function useWritingOff() {
  return api.useMutation("post", `${SHOP}/debts/{debt_id}/write-off`, { onSuccess: useLookAgain() });
}

function useLookAgain() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({
    predicate: ({ queryKey: [, route] }) => typeof route === "string" && /debt|payment|daily-close/.test(route),
  });
}
