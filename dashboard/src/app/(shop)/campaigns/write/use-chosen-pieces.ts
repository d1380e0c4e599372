"use client";

import { useQueries } from "@tanstack/react-query";

import { client } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

const SHOWN = 60; // as pictures; a pool may have hundreds

export type ChosenPiece = { id: string; name: string; picture_url: string | null; picture_srcset: string | null };

/** The chosen pieces with their pictures, in the order in which they were chosen. */
export function useChosenPieces(ids: string[]): ChosenPiece[] {
  const path = useBoutiquePath();
  const read = useQueries({
    queries: ids.slice(0, SHOWN).map((id) => ({
      queryKey: ["chosen-piece", path.boutique_id, id],
      staleTime: 300_000,
      queryFn: async (): Promise<ChosenPiece> => {
        const { data, error } = await client.GET("/boutiques/{boutique_id}/products/{product_id}", {
          params: { path: { ...path, product_id: id } },
        });
        if (!data) throw error;
        const [picture] = data.pictures;
        return { id, name: data.name, picture_url: picture?.url ?? null, picture_srcset: picture?.srcset ?? null };
      },
    })),
  });
  return ids.slice(0, SHOWN).map((id, index) => read[index]?.data ?? { id, name: "…", picture_url: null, picture_srcset: null });
}
