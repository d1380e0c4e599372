"use client";

import { useMutation } from "@tanstack/react-query";

import { api, client, type Schemas } from "@/api/client";
import { newKey } from "@/api/once";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { isProblem } from "@/api/problem";
import { useBoutiquePath } from "@/shell/boutique";

import { LISTS, useAudiencesChanged } from "./queries";

export type Customer = Schemas["PickedCustomer"];
export type Picks = Schemas["PickedCustomers"];

/** The newest first, or those found by a name or a number. */
export function useCustomers(search: string): Rows<Customer> {
  const path = useBoutiquePath();
  const query = search.trim() ? { search: search.trim() } : {};
  return rowsOf(api.useInfiniteQuery("get", "/boutiques/{boutique_id}/customers", { params: { path, query } }, { ...PAGING, staleTime: 30_000 }));
}

/** Whose the numbers of a text are, one a line or with commas between. */
export function usePasted(onFound: (found: Picks) => void) {
  const path = useBoutiquePath();
  return useMutation({
    mutationFn: async (text: string) => {
      const { data, error } = await client.POST("/boutiques/{boutique_id}/customer-picks", { params: { path }, body: { phones: phonesIn(text) } });
      if (!data) throw error;
      return data;
    },
    onSuccess: onFound,
  });
}

export const phonesIn = (text: string) => text.split(/[\n,;\t]+/).map((one) => one.trim()).filter(Boolean);

/** Keeps who was picked as a list; a name that is taken gets a number. */
export function useNewList(name: string, onMade: (id: string) => void) {
  const path = useBoutiquePath();
  const changed = useAudiencesChanged();
  return useMutation({
    mutationFn: async (customerIds: string[]) => {
      for (let number = 1; ; number += 1) {
        const numbered = number === 1 ? name : `${name.slice(0, 74)} (${number})`;
        const { data, error } = await client.POST(LISTS, {
          params: { path, header: { "idempotency-key": newKey() } }, body: { name: numbered.slice(0, 80), customer_ids: customerIds },
        });
        if (data) return data;
        const taken = isProblem(error) && error.errors?.some((one) => one.field === "name");
        if (!taken || number === 20) throw error;
      }
    },
    onSuccess: ({ id }) => { void changed(); onMade(id); },
  });
}
