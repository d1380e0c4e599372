"use client";

import { api, type Schemas } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

export type Template = Schemas["Template"];
export type TemplateGroup = { name: string; byLanguage: Partial<Record<"en" | "sw", Template>>; first: Template };

/** The message of six chosen pieces, which every shop is helped to register. */
export const CAMPAIGN_TEMPLATE = "customer_purchase_notification";
/** What each customer has of her own, or the campaign makes for her. */
export const AUTOMATIC = ["customer_name", "boutique_name", "price", "pieces", "slug"];

/** The shop's templates that may carry a campaign: each name once, with its languages. */
export function useTemplates() {
  const path = useBoutiquePath();
  const { data, isError } = api.useQuery("get", "/boutiques/{boutique_id}/templates", { params: { path } });
  return { groups: data && grouped(data.items), failed: isError };
}

export function grouped(items: Template[]): TemplateGroup[] {
  const groups = new Map<string, TemplateGroup>();
  for (const item of items) {
    if (item.category !== "marketing") continue;
    const group = groups.get(item.name) ?? { name: item.name, byLanguage: {}, first: item };
    group.byLanguage[item.language] = item;
    groups.set(item.name, group);
  }
  // What can be sent now is first.
  return [...groups.values()].sort((one, other) => Number(isApproved(other)) - Number(isApproved(one)));
}

export const isApproved = ({ byLanguage }: TemplateGroup) =>
  Object.values(byLanguage).some((one) => one.status === "approved");

/** The variables of a body, each once, in their order. */
export function variablesOf(body: string): string[] {
  return [...new Set([...body.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map(([, name]) => name ?? ""))];
}
