"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue } from "react";

import { api, client, type Schemas } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

export type Template = Schemas["Template"];
export type Form = Schemas["TemplateForm"];
export type Values = Record<string, string | undefined>;
export type FormButton = Schemas["FormButton"];
export type Language = Template["language"];
export type Draft = { name: string; language: Language; category: "utility" | "marketing"; form: Form };
export type Preview = Schemas["TemplatePreview"];

export const ALL = "/boutiques/{boutique_id}/templates";
export const ONE = `${ALL}/{template_id}` as const;

/** All templates; while one is in review it is looked at again by itself. */
export function useTemplates(enabled = true) {
  const path = useBoutiquePath();
  return api.useQuery("get", ALL, { params: { path } }, {
    enabled,
    refetchInterval: (query) => (query.state.data?.items.some((one) => one.status === "pending") ? 3000 : false),
  });
}

export function useStart(language: Language, enabled: boolean) {
  const path = useBoutiquePath();
  return api.useQuery("get", `${ALL}/start`, { params: { path, query: { language } } }, { enabled, staleTime: Infinity });
}

/** The draft as the customer who bought last would read it, and what WhatsApp would reject. */
export function usePreview(draft: Draft) {
  const path = useBoutiquePath();
  const shown = useDeferredValue(draft);
  return useQuery({
    queryKey: ["template-preview", path.boutique_id, shown],
    queryFn: async ({ signal }) => {
      await pause(300, signal);
      const { data, error } = await client.POST(`${ALL}/previews`, { params: { path }, body: shown, signal });
      if (!data) throw error;
      return data;
    },
    placeholderData: (before) => before,
    retry: false,
  });
}

/** Typing goes on meanwhile: only what stands still for a moment is asked about. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => { clearTimeout(timer); reject(signal.reason as Error); });
  });
}

export function useTemplatesChanged() {
  const queries = useQueryClient();
  return () => Promise.all([
    queries.invalidateQueries({ queryKey: ["get", ALL] }),
    queries.invalidateQueries({ queryKey: ["get", "/boutiques/{boutique_id}/go-live"] }),
  ]);
}
