"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "@/api/client";
import { PAGING, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";

export type LeftCart = Schemas["AbandonedCart"] & { id: string };
/** 0: those too that are filled right now, for an owner who will not wait. */
export const HOURS = ["1", "24", "72", "0"] as const;
export type Hours = (typeof HOURS)[number];

const ROUTES = "/whatsapp-commerce";

/** These routes name no boutique in their address; a person of several names one beside it. */
export function useInBoutique() {
  const { boutique_id } = useBoutiquePath();
  return { "x-boutique-id": boutique_id };
}

export function useLeftCarts(hours: Hours) {
  const header = useInBoutique();
  const list = rowsOf(api.useInfiniteQuery("get", `${ROUTES}/carts/abandoned`,
    { params: { header, query: { hours: Number(hours) } } }, PAGING));
  return { ...list, rows: list.rows.map((row): LeftCart => ({ ...row, id: row.cart_id })) };
}

export function useCartStats(hours: Hours) {
  const header = useInBoutique();
  return api.useQuery("get", `${ROUTES}/stats`, { params: { header, query: { hours: Number(hours) } } });
}

export function useCart(customerId: string) {
  const header = useInBoutique();
  return api.useQuery("get", `${ROUTES}/cart/{user_id}`, { params: { header, path: { user_id: customerId } } });
}

export function useRecover() {
  const queries = useQueryClient();
  return api.useMutation("post", `${ROUTES}/carts/{cart_id}/recover`, {
    onSuccess: () => queries.invalidateQueries({
      predicate: ({ queryKey: [, route] }) => typeof route === "string" && route.startsWith(ROUTES),
    }),
  });
}
