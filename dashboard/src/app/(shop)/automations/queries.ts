"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";

import { api, client, type Schemas } from "@/api/client";
import { PAGING, type Rows, rowsOf } from "@/api/pages";
import { useBoutiquePath } from "@/shell/boutique";
import { EVERY_S } from "@/shell/live";

export type Rule = Schemas["AutomationRule"];
export type Written = Schemas["RuleFields"];
export type Content = Schemas["Content"];
export type Trigger = Written["trigger"];
export type RuleWarning = Schemas["RuleWarning"];
export type ChannelState = Schemas["ChannelState"];
export type Decision = Omit<Schemas["AutomationDecision"], "id"> & { id: string };
export type Seen = { rule: Rule; version: string };

export const AUTOMATIONS = "/boutiques/{boutique_id}/automations";
export const RULES = `${AUTOMATIONS}/rules` as const;
export const ONE_RULE = `${RULES}/{rule_id}` as const;

/** All of the shop's rules, in the order in which they go before each other. */
export function useRules() {
  const path = useBoutiquePath();
  const query = api.useQuery("get", RULES, { params: { path } }, { refetchInterval: EVERY_S * 1000 });
  const rows: Rows<Rule> = {
    rows: query.data?.items ?? [],
    loading: query.isPending,
    failed: query.isError && !query.data,
    more: null,
    loadingMore: false,
    retry: () => void query.refetch(),
  };
  return rows;
}

export const ruleKey = (boutique: string, id: string) => ["automation-rule", boutique, id];

/** A rule with its version, which an edit must name. */
export function useRule(id: string | null) {
  const path = useBoutiquePath();
  return useQuery({
    queryKey: ruleKey(path.boutique_id, id ?? ""),
    enabled: id !== null,
    queryFn: async (): Promise<Seen> => {
      const { data, error, response } = await client.GET(ONE_RULE, { params: { path: { ...path, rule_id: id ?? "" } } });
      if (!data) throw error;
      return { rule: data, version: response.headers.get("etag") ?? "*" };
    },
  });
}

/** Well-worded rules to begin with. */
export function useRecipes(asked = true) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${AUTOMATIONS}/recipes`, { params: { path } }, { staleTime: 600_000, enabled: asked });
}

export function useChannels() {
  const path = useBoutiquePath();
  return api.useQuery("get", `${AUTOMATIONS}/channels`, { params: { path } });
}

export const VERDICTS = ["all", "sent", "waits", "skipped", "stopped", "enrolled"] as const;
export type VerdictFilter = (typeof VERDICTS)[number];

/** What was decided and why, the newest first. */
export function useDecisions(asked: { verdict: VerdictFilter; ruleId?: string; customerId?: string }): Rows<Decision> {
  const path = useBoutiquePath();
  const query = {
    ...(asked.verdict === "all" ? {} : { verdict: asked.verdict }),
    ...(asked.ruleId ? { rule_id: asked.ruleId } : {}),
    ...(asked.customerId ? { customer_id: asked.customerId } : {}),
  };
  const list = rowsOf(api.useInfiniteQuery("get", `${AUTOMATIONS}/decisions`, { params: { path, query } },
    { ...PAGING, refetchInterval: EVERY_S * 1000 }));
  return { ...list, rows: list.rows.map((row) => ({ ...row, id: String(row.id) })) };
}

/** After a rule or a channel changed: itself, and every list that holds it. */
export function useAutomationsChanged() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({
    predicate: ({ queryKey: [first, second] }) =>
      first === "automation-rule" || (typeof second === "string" && second.includes("/automations/")),
  });
}

/** What was written, of what is kept. */
export const writtenIn = ({ definition }: Rule): Written => definition;
