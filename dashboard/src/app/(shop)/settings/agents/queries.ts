"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { isProblem } from "@/api/problem";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

export type Agents = Schemas["Agents"];
export type AgentKey = Schemas["AgentKey"];

export const AGENTS = "/boutiques/{boutique_id}/agents";

export function useAgents() {
  const path = useBoutiquePath();
  return api.useQuery("get", AGENTS, { params: { path } });
}

/** What a change answers is what the page shows from then on. */
function useShown() {
  const queries = useQueryClient();
  const path = useBoutiquePath();
  return (agents: Agents) => queries.setQueryData(["get", AGENTS, { params: { path } }], agents);
}

function useTold() {
  const t = useTranslations("common");
  return (error: unknown) => void toast.error(isProblem(error) ? error.detail : t("failed"));
}

export function useSwitching() {
  const onSuccess = useShown();
  return api.useMutation("put", AGENTS, { onSuccess, onError: useTold() });
}

export function useMaking() {
  const shown = useShown();
  return api.useMutation("post", `${AGENTS}/keys`, { onSuccess: (made) => shown(made.agents) });
}

export function useRevoking() {
  const onSuccess = useShown();
  return api.useMutation("delete", `${AGENTS}/keys/{key_id}`, { onSuccess, onError: useTold() });
}
