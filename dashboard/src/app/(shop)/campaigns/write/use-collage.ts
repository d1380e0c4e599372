"use client";

import { useQuery } from "@tanstack/react-query";

import { client } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

/** The picture of these pieces as it would be sent; made once for every list that is the same. */
export function useCollage(productIds: string[]): string | null {
  const path = useBoutiquePath();
  const { data } = useQuery({
    queryKey: ["collage", path.boutique_id, productIds],
    enabled: productIds.length > 0,
    staleTime: 600_000,
    meta: { settled: true },
    queryFn: async () => {
      const { data: made, error } = await client.POST("/boutiques/{boutique_id}/collages", {
        params: { path }, body: { product_ids: productIds },
      });
      if (!made) throw error;
      return made.url;
    },
  });
  return data ?? null;
}
