"use client";

import { api, client, type Schemas } from "@/api/client";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";

type Listed = Schemas["ListedChange"];
export type Change = Omit<Listed, "id"> & { id: string };
export type ChangedField = Schemas["ChangedField"];
export const KINDS = ["all", "pieces", "orders", "customers", "money", "campaigns", "shop", "people", "chats"] as const;
type Kind = Exclude<(typeof KINDS)[number], "all">;
export type Asked = { kind?: Kind; who?: string; thing?: string; since?: string; until?: string };

const CHANGES = "/boutiques/{boutique_id}/changes";

export function useChanges(query: Asked): Rows<Change> {
  const path = useBoutiquePath();
  const list = rowsOf<Listed>(api.useInfiniteQuery("get", CHANGES, { params: { path, query } }, PAGING));
  return { ...list, rows: list.rows.map((row) => ({ ...row, id: String(row.id) })) };
}

export function useChangers() {
  const path = useBoutiquePath();
  return api.useQuery("get", `${CHANGES}/people`, { params: { path } }).data?.items ?? [];
}

/** All that the filters leave, as a file. */
export async function fetchTable(boutique_id: string, query: Asked, name: string): Promise<File> {
  const { data, error } = await client.GET(`${CHANGES}/export`, { params: { path: { boutique_id }, query }, parseAs: "blob" });
  if (!data) throw error;
  return new File([data as Blob], `${name}.csv`, { type: "text/csv" });
}
