"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api, client, type Schemas } from "@/api/client";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";

export type TaxDocument = Schemas["TaxDocument"];
export type Settings = Schemas["Settings"];
export type Vat = Settings["vat"];
export const VATS: Vat[] = ["not_registered", "standard", "zero_rated", "exempt"];
export const SHOWN = ["open", "all"] as const;

const SHOP = "/boutiques/{boutique_id}";
const DOCUMENT = `${SHOP}/tax-documents/{document_id}` as const;

/** This month and the twelve before it, as `2026-11`. */
export function monthsUntil(today: string): string[] {
  const [year = 0, month = 1] = today.split("-").map(Number);
  return Array.from({ length: 13 }, (_, back) => new Date(Date.UTC(year, month - 1 - back, 15)).toISOString().slice(0, 7));
}

export function useTaxSettings(enabled = true) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${SHOP}/tax-settings`, { params: { path } }, { enabled }).data;
}

export function useTaxReport(month: string) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${SHOP}/tax-report`, { params: { path, query: { month } } }).data;
}

export function useTaxDocuments(month: string, open: boolean): Rows<TaxDocument> {
  const path = useBoutiquePath();
  return rowsOf(api.useInfiniteQuery("get", `${SHOP}/tax-documents`, { params: { path, query: { month, open } } }, PAGING));
}

export function useTaxDocument(id: string, enabled: boolean) {
  const path = useBoutiquePath();
  return api.useQuery("get", DOCUMENT, { params: { path: { ...path, document_id: id } } }, { enabled, retry: false }).data;
}

export function useSettingUp() {
  return api.useMutation("put", `${SHOP}/tax-settings`, { onSuccess: useLookAgain() });
}

export function useNoting() {
  return api.useMutation("put", `${DOCUMENT}/etims-number`, { onSuccess: useLookAgain() });
}

export async function fetchMonth(boutique_id: string, month: string, name: string): Promise<File> {
  const { data, error } = await client.GET(`${SHOP}/tax-export`, { params: { path: { boutique_id }, query: { month } }, parseAs: "text" });
  if (data === undefined) throw error;
  return new File([data], `${name} ${month}.csv`, { type: "text/csv" });
}

function useLookAgain() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ predicate: ({ queryKey: [, route] }) => typeof route === "string" && route.includes("/tax-") });
}
