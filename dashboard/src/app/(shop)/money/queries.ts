"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, client, type Schemas } from "@/api/client";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { formatsOf } from "@/shell/formats";

export type Payment = Schemas["ListedPayment"];
export type State = Payment["state"];
export type Line = Schemas["ShownLine"];
export type Statement = Schemas["ShownStatement"];
export type SetAside = Schemas["LineSetAside"]["reason"];
export const FILTERS = ["all", "unclaimed", "under_review", "reversed", "matched", "in_flight", "failed", "set_aside"] as const;
export const DAYS = ["month", "week", "today", "ever"] as const;
export const REASONS: SetAside[] = ["personal", "not_a_sale", "elsewhere", "other"];
type Asked = { state?: State; since?: string; q?: string };

const SHOP = "/boutiques/{boutique_id}";
const LINE = `${SHOP}/statement-lines/{line_id}` as const;
const DAY_MS = 86_400_000;
const BACK = { month: 29, week: 6, today: 0, ever: null };

/** What is asked of the API for the choices of the page. */
export function useAsked(filter: (typeof FILTERS)[number], days: (typeof DAYS)[number], search: string): Asked {
  const { currency, timezone } = useBoutique();
  const [now] = useState(() => Date.now());
  const back = BACK[days];
  const { dayKey } = formatsOf("en", currency, timezone);
  return {
    ...(filter !== "all" && { state: filter }),
    ...(back !== null && { since: dayKey(new Date(now - back * DAY_MS).toISOString()) }),
    ...(search.trim() && { q: search.trim() }),
  };
}

export function usePayments(query: Asked): Rows<Payment> {
  const path = useBoutiquePath();
  return rowsOf(api.useInfiniteQuery("get", `${SHOP}/payments`, { params: { path, query } }, PAGING));
}

export function useSums({ since, q }: Asked) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${SHOP}/payment-sums`, { params: { path, query: { since, q } } }).data?.items;
}

export function usePayment(id: string) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${SHOP}/payments/{payment_id}`, { params: { path: { ...path, payment_id: id } } });
}

export function useLine(id: string) {
  const path = useBoutiquePath();
  return api.useQuery("get", LINE, { params: { path: { ...path, line_id: id } } }).data;
}

export function useMatch() {
  return api.useMutation("post", `${LINE}/match`, { onSuccess: useLookAgain() });
}

export function useSetAside() {
  return api.useMutation("post", `${LINE}/set-aside`, { onSuccess: useLookAgain() });
}

export function useStatements() {
  const path = useBoutiquePath();
  return api.useQuery("get", `${SHOP}/statements`, { params: { path, query: { limit: 10 } } }).data?.items;
}

export function useStatement(id: string) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${SHOP}/statements/{statement_id}`, { params: { path: { ...path, statement_id: id } } });
}

/** The file goes up with its password, which is forgotten with the call. */
export function useImporting() {
  const path = useBoutiquePath();
  const lookAgain = useLookAgain();
  return useMutation({
    gcTime: 0,
    mutationFn: async ({ file, password }: { file: File; password: string }) => {
      const { data, error } = await client.POST(`${SHOP}/statements`, {
        params: { path },
        body: { file: "" },
        bodySerializer: () => {
          const form = new FormData();
          form.set("file", file);
          if (password) form.set("password", password);
          return form;
        },
      });
      if (!data) throw error;
      return data;
    },
    onSuccess: lookAgain,
  });
}

function useLookAgain() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({
    predicate: ({ queryKey: [, route] }) => typeof route === "string" && /payment|statement|\/orders/.test(route),
  });
}
