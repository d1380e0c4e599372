"use client";

import { useQueryClient } from "@tanstack/react-query";

import { api, type Schemas } from "@/api/client";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";

export type Day = Schemas["DayToClose"];
export type Closed = Schemas["DailyClose"];
export type Taking = Schemas["Taking"];
export type Method = Schemas["ClosedLine"]["method"];
export type Reason = NonNullable<Schemas["ClosedLine"]["reason"]>;
export const METHODS: Method[] = ["cash", "mpesa"];
export const REASONS: Record<Method, Reason[]> = {
  cash: ["wrong_change", "not_written_down", "spent", "unknown"],
  mpesa: ["unclaimed_money", "not_on_statement", "counted_late", "not_written_down", "unknown"],
};

const SHOP = "/boutiques/{boutique_id}";

export function useDay(day: string | null) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${SHOP}/daily-close`, { params: { path, query: day ? { day } : {} } });
}

export function useCloses(): Rows<Closed> {
  const path = useBoutiquePath();
  return rowsOf(api.useInfiniteQuery("get", `${SHOP}/daily-closes`, { params: { path, query: {} } }, PAGING));
}

export function useClosing() {
  const queries = useQueryClient();
  return api.useMutation("post", `${SHOP}/daily-closes`, {
    // Also where it was refused: the takings have changed, and are shown as they are now.
    onSettled: () => queries.invalidateQueries({
      predicate: ({ queryKey: [, route] }) => typeof route === "string" && route.includes("/daily-close"),
    }),
  });
}
