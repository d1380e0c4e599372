"use client";

import { api, type Schemas } from "@/api/client";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";
import { EVERY_S } from "@/shell/live";

export type Entry = Omit<Schemas["TimelineEntry"], "id"> & { id: string };

export const ONLY = ["all", "event", "decision", "message"] as const;
export type Only = (typeof ONLY)[number];

const AUTOMATIONS = "/boutiques/{boutique_id}/automations";

/** What happened, the newest first; the page's stream has it read anew as soon as more has. */
export function useTimeline(asked: { only: Only; ruleId: string; customerId: string }): Rows<Entry> {
  const path = useBoutiquePath();
  const query = {
    ...(asked.only === "all" ? {} : { of: asked.only }),
    ...(asked.ruleId ? { rule_id: asked.ruleId } : {}),
    ...(asked.customerId ? { customer_id: asked.customerId } : {}),
  };
  const list = rowsOf(api.useInfiniteQuery("get", `${AUTOMATIONS}/timeline`, { params: { path, query } },
    { ...PAGING, refetchInterval: EVERY_S * 1000 }));
  return { ...list, rows: list.rows.map((row) => ({ ...row, id: String(row.id) })) };
}

/** The rules there are, to ask for one's. */
export function useRuleNames(): { id: string; name: string }[] {
  const path = useBoutiquePath();
  const { data } = api.useQuery("get", `${AUTOMATIONS}/rules`, { params: { path } });
  return data?.items.map(({ id, definition }) => ({ id, name: definition.name })) ?? [];
}
