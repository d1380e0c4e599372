"use client";

import { useState } from "react";

import { api, type Schemas } from "@/api/client";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { formatsOf } from "@/shell/formats";

import { type Days, daysOf } from "../../figures/range";

export type Summary = Schemas["RuleSummary"];
export type Results = Schemas["RuleResults"];
export type Funnel = Schemas["AutomationFunnel"];
export type Money = Schemas["AutomationMoney"];
export type Rate = Schemas["RateOf"];
export type Comparison = Schemas["ComparisonOf"];

export const RANGES = ["month", "week", "quarter"] as const;
export const OFFERED = ["week", "month", "quarter"] as const;
export type Range = (typeof RANGES)[number];

// Sums of many rows: read anew by the minute, and not for each event of the shop.
const SETTLED = { meta: { settled: true }, refetchInterval: 60_000, placeholderData: <Data>(before: Data | undefined) => before };

const AUTOMATIONS = "/boutiques/{boutique_id}/automations";

/** The days of a range, by the boutique's calendar. */
export function useDays(range: Range): Days {
  const { currency, timezone } = useBoutique();
  const [now] = useState(() => new Date().toISOString());
  return daysOf(range, formatsOf("en", currency, timezone).dayKey(now));
}

export function useSummaries(days: Days) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${AUTOMATIONS}/results`, { params: { path, query: days } },
    SETTLED);
}

export function useResults(ruleId: string, days: Days) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${AUTOMATIONS}/rules/{rule_id}/results`, { params: { path: { ...path, rule_id: ruleId }, query: days } },
    SETTLED);
}

/** What a comparison with those held out says; none without one. */
export type Lift = "too_early" | "undecided" | "helped" | "harmed";
export function liftOf(lift: Comparison | null): Lift | null {
  if (!lift) return null;
  if (lift.verdict !== "decided") return lift.verdict;
  return lift.winner === "holdout" ? "harmed" : "helped";
}

const STAGES = ["enrolled", "decided", "sent", "delivered", "read", "clicked", "replied", "converted", "opted_out", "failed"] as const;

/** All rules together, as one. */
export function sumOf(funnels: Funnel[]): Funnel {
  const sum = { arm: "" } as Funnel;
  for (const stage of STAGES) sum[stage] = funnels.reduce((all, one) => all + one[stage], 0);
  return sum;
}

/** By currency, all rules together. */
export function moneyOf(all: Money[]): Money[] {
  const found = new Map<string, Money>();
  for (const one of all) {
    const before = found.get(one.currency);
    found.set(one.currency, { ...one, orders: one.orders + (before?.orders ?? 0), amount_minor: one.amount_minor + (before?.amount_minor ?? 0) });
  }
  return [...found.values()];
}

export const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
