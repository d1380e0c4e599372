"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { api, client, type Schemas } from "@/api/client";
import { rowsOf } from "@/api/pages";
import { useLanguage } from "@/i18n";
import { useBoutiquePath } from "@/shell/boutique";

import { usePiecesChanged } from "../queries";

export type PieceImport = Schemas["ShownImport"];
export type Named = Schemas["NamedColumns"];
export type FieldName = Named["mapping"][number];
export type Line = Omit<Schemas["ImportedLine"], "line"> & { id: string; line: number };
export type Outcome = NonNullable<Line["outcome"]>;
export const OUTCOMES = ["refused", "new", "changed", "unchanged"] as const;
export const FIELDS: FieldName[] = [
  "sku", "name", "category", "price", "colour", "size", "units", "picture", "description", "pattern",
  "embroidery", "occasions", "on_sale", "size_price", "cost", "units_at_export",
];

const IMPORTS = "/boutiques/{boutique_id}/piece-imports";
const ONE = `${IMPORTS}/{import_id}` as const;
const WORKING = ["checking", "importing", "picturing"];
const AGAIN_MS = 700;

export const isWorking = (one: { status: string } | undefined) => one !== undefined && WORKING.includes(one.status);

/** A list on its way in, looked at again while a job works on it; then the pieces are looked at again. */
export function useImport(id: string) {
  const path = useBoutiquePath();
  const { language } = useLanguage();
  const changed = usePiecesChanged();
  const query = api.useQuery("get", ONE, { params: { path: { ...path, import_id: id }, query: { language } } }, {
    refetchInterval: ({ state }) => (isWorking(state.data) ? AGAIN_MS : false),
    placeholderData: (before) => before,
  });
  const done = query.data?.status === "imported";
  useEffect(() => {
    if (done) void changed();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it is done
  }, [done]);
  return query;
}

export function useLatestImports() {
  const path = useBoutiquePath();
  return api.useQuery("get", IMPORTS, { params: { path } }).data?.items ?? [];
}

/** The lines of one outcome, a page after the other. */
export function useLines(id: string, outcome: Outcome, ready: boolean) {
  const path = useBoutiquePath();
  const { language } = useLanguage();
  const query = useInfiniteQuery({
    queryKey: ["get", `${ONE}/lines`, path.boutique_id, id, outcome, language],
    enabled: ready,
    initialPageParam: "0",
    getNextPageParam: (page: { next_cursor: string | null }) => page.next_cursor,
    queryFn: async ({ pageParam }) => {
      const { data, error } = await client.GET(`${ONE}/lines`, {
        params: { path: { ...path, import_id: id }, query: { outcome, after: Number(pageParam), language } },
      });
      if (!data) throw error;
      return { items: data.items.map((line): Line => ({ ...line, id: String(line.line) })), next_cursor: data.next_line === null ? null : String(data.next_line) };
    },
  });
  return rowsOf(query);
}

export function useUpload(onTaken: (id: string) => void) {
  const path = useBoutiquePath();
  const { language } = useLanguage();
  return useMutation({
    mutationFn: async (file: File) => {
      const { data, error } = await client.POST(IMPORTS, {
        params: { path, query: { language } },
        body: { file: "" },
        bodySerializer: () => {
          const form = new FormData();
          form.set("file", file);
          return form;
        },
      });
      if (!data) throw error;
      return data;
    },
    onSuccess: ({ id }) => onTaken(id),
  });
}

/** What the columns hold; the answer shows how the first lines are read by that. */
export function useNaming(id: string) {
  const queries = useQueryClient();
  const path = useBoutiquePath();
  return useMutation({
    mutationFn: async (named: Named) => {
      const { data, error } = await client.PUT(`${ONE}/mapping`, { params: { path: { ...path, import_id: id } }, body: named });
      if (!data) throw error;
      return data;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["get", ONE] }),
  });
}

/** The trial, or the import itself: a job, which the page then waits for. */
export function useStep(id: string, step: "checks" | "starts") {
  const queries = useQueryClient();
  const path = useBoutiquePath();
  return useMutation({
    mutationFn: async () => {
      const params = { path: { ...path, import_id: id } };
      const { data, error } = await (step === "checks" ? client.POST(`${ONE}/checks`, { params }) : client.POST(`${ONE}/starts`, { params }));
      if (!data) throw error;
      return data;
    },
    onSuccess: async () => {
      queries.removeQueries({ queryKey: ["get", `${ONE}/lines`] });
      await queries.invalidateQueries({ queryKey: ["get", ONE] });
    },
  });
}

export async function fetchRefused(boutique_id: string, id: string, language: "en" | "sw", name: string): Promise<File> {
  const { data, error } = await client.GET(`${ONE}/refused-lines`, {
    params: { path: { boutique_id, import_id: id }, query: { language } }, parseAs: "blob",
  });
  if (!data) throw error;
  return new File([data as Blob], `${name}.csv`, { type: "text/csv" });
}

export async function fetchList(boutique_id: string, format: "csv" | "xlsx", name: string): Promise<File> {
  const { data, error } = await client.GET("/boutiques/{boutique_id}/products/export", {
    params: { path: { boutique_id }, query: { format } }, parseAs: "blob",
  });
  if (!data) throw error;
  const type = format === "csv" ? "text/csv" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return new File([data as Blob], `${name}.${format}`, { type });
}
