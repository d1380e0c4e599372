"use client";

import { useState } from "react";

import { api, type Schemas } from "@/api/client";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { formatsOf } from "@/shell/formats";

export type PieceProfit = Schemas["PieceProfit"];
export type Report = Schemas["MarginReport"];
export const RANGES = ["month", "today", "week", "this_month", "last_month"] as const;
export const SORTS = ["profit", "revenue", "units"] as const;
export type Range = (typeof RANGES)[number];
export type Sort = (typeof SORTS)[number];
export type Days = { since: string; until: string };

const SHOP = "/boutiques/{boutique_id}";
const DAY_MS = 86_400_000;

/** The days of a range, by the boutique's calendar. */
export function daysOf(range: Range, today: string): Days {
  const at = new Date(`${today}T12:00:00Z`);
  const back = (days: number) => new Date(at.getTime() - days * DAY_MS).toISOString().slice(0, 10);
  if (range === "today") return { since: today, until: today };
  if (range === "week") return { since: back(6), until: today };
  if (range === "month") return { since: back(29), until: today };
  if (range === "this_month") return { since: `${today.slice(0, 8)}01`, until: today };
  const last = back(at.getUTCDate()); // the last day of the month before
  return { since: `${last.slice(0, 8)}01`, until: last };
}

export function useDays(range: Range): Days {
  const { currency, timezone } = useBoutique();
  const [now] = useState(() => new Date().toISOString());
  return daysOf(range, formatsOf("en", currency, timezone).dayKey(now));
}

export function useMargin(days: Days) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${SHOP}/margin`, { params: { path, query: days } }).data;
}

export function usePieceProfits(days: Days, sort: Sort, unknown: boolean): Rows<PieceProfit> {
  const path = useBoutiquePath();
  return rowsOf(api.useInfiniteQuery("get", `${SHOP}/margin/pieces`, { params: { path, query: { ...days, sort, unknown } } }, PAGING));
}
