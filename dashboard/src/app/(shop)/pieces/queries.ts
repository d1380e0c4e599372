"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";

import { api, client, type Schemas } from "@/api/client";
import { PAGING, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";

export type PieceRowData = Schemas["ProductRow"];
export type Piece = Schemas["Product"];
export type Variant = Piece["variants"][number];
export type NewPiece = Schemas["NewPiece"];
export const FILTERS = ["on_sale", "low_stock", "sold_out", "archived"] as const;
export type PieceFilter = (typeof FILTERS)[number];

export function usePieces(filter: PieceFilter, search: string) {
  const path = useBoutiquePath();
  return rowsOf(api.useInfiniteQuery("get", "/boutiques/{boutique_id}/products",
    { params: { path, query: { filter, search } } },
    { ...PAGING, placeholderData: (before) => before, meta: filter === "on_sale" && !search ? { keptFor: "days" } : undefined }));
}

/** A piece with its version, which an edit must name. */
export function usePiece(id: string) {
  const path = useBoutiquePath();
  return useQuery({
    queryKey: ["piece", path.boutique_id, id],
    queryFn: async () => {
      const { data, error, response } = await client.GET("/boutiques/{boutique_id}/products/{product_id}", {
        params: { path: { ...path, product_id: id } },
      });
      if (!data) throw error;
      return { piece: data, version: response.headers.get("etag") ?? "*" };
    },
  });
}

/** After a piece changed: itself, every list that may hold it, and the figures of today. */
export function usePiecesChanged() {
  const queries = useQueryClient();
  return () => Promise.all([
    queries.invalidateQueries({ queryKey: ["piece"] }),
    queries.invalidateQueries({ queryKey: ["get", "/boutiques/{boutique_id}/products/{product_id}/stock-movements"] }),
    queries.invalidateQueries({ queryKey: ["get", "/boutiques/{boutique_id}/products"] }),
    queries.invalidateQueries({ queryKey: ["get", "/boutiques/{boutique_id}/today"] }),
  ]);
}
