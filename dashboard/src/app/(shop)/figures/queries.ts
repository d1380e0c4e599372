"use client";

import { useState } from "react";

import { api, client, type Schemas } from "@/api/client";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { formatsOf } from "@/shell/formats";
import { useChoice, useUrl } from "@/shell/url";

import { type Days, daysOf, lengthOf, type Range, RANGES, type Step, stepOf } from "./range";

export type Report = Schemas["FigureReport"];
export type Totals = Schemas["FigureTotals"];
export type Point = Schemas["FigurePoint"];
export type Talk = Schemas["FigureSession"];
export type Table = "sales" | "kinds" | "chats" | "answers" | "models";
/** Where talks ended, from the beginning to the sale; the first stands for none in the address. */
export const STAGES = ["any", "talk", "shown", "cart", "quoted", "paid"] as const;
export type Stage = Exclude<(typeof STAGES)[number], "any">;

const FIGURES = "/boutiques/{boutique_id}/figures";

/** The days that the address asks for, with the names it has for them, for links that keep them. */
export function useAskedDays() {
  const { currency, timezone } = useBoutique();
  const [now] = useState(() => new Date().toISOString());
  const today = formatsOf("en", currency, timezone).dayKey(now);
  const [range] = useChoice("range", RANGES);
  const { params, change } = useUrl();
  const own = { since: params.get("since") ?? undefined, until: params.get("until") ?? undefined };
  const days = daysOf(range, today, own);
  const asked = new URLSearchParams([...params].filter(([name]) => ["range", "since", "until"].includes(name))).toString();
  return {
    range, days, today,
    choose: (chosen: Range) => change({ range: chosen === RANGES[0] ? null : chosen, since: null, until: null }, "replace"),
    chooseOwn: (chosen: Days) => change({ range: "own", ...chosen }, "replace"),
    length: lengthOf(days),
    /** An address with the same days. */
    link: (path: string, more = "") => [path, [asked, more].filter(Boolean).join("&")].filter(Boolean).join("?"),
  };
}

/** By day, week or month: as chosen where that makes a picture of these days, else as their number asks for. */
export function useStep(length: number): [Step, (step: Step) => void] {
  const { params, change } = useUrl();
  return [stepOf(length, params.get("step")), (step) => change({ step }, "replace")];
}

export function useFigures(days: Days, step: Step) {
  const path = useBoutiquePath();
  return api.useQuery("get", FIGURES, { params: { path, query: { ...days, step } } }, { staleTime: 60_000 });
}

export function useTalks(days: Days, stage: Stage | undefined, misunderstood: boolean): Rows<Talk> {
  const path = useBoutiquePath();
  return rowsOf(api.useInfiniteQuery("get", `${FIGURES}/sessions`, { params: { path, query: { ...days, stage, misunderstood } } }, PAGING));
}

/** A part of the figures as a file, its mark for spreadsheets with it; what the API refuses is thrown. */
export async function fetchTable(boutique_id: string, what: Table, days: Days, step: Step, name: string): Promise<File> {
  const { data, error } = await client.GET(`${FIGURES}/export`, { params: { path: { boutique_id }, query: { ...days, what, step } }, parseAs: "blob" });
  if (!data) throw error;
  return new File([data], `${name} ${days.since} ${days.until}.csv`, { type: "text/csv" });
}

/** In chats and in the shop together. */
export function soldIn(point: Point): number {
  return point.orders_minor + point.counter_minor;
}
