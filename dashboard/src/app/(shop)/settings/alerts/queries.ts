"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { isProblem } from "@/api/problem";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

export type Alerts = Schemas["Alerts"];
export type AlertKind = Alerts["muted"][number];
export type AlertDevice = Schemas["AlertDevice"];

export const KINDS = ["new_order", "person_wanted", "payment_review", "low_stock", "template_news"] as const satisfies AlertKind[];
const ALERTS = "/boutiques/{boutique_id}/alerts";

export function useAlerts() {
  const path = useBoutiquePath();
  return api.useQuery("get", ALERTS, { params: { path } });
}

export function useAlertsChanged() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ["get", ALERTS] });
}

/** Tells what went wrong, in the API's own words where it has some. */
export function useTold() {
  const t = useTranslations("common");
  return (error: unknown) => void toast.error(isProblem(error) ? error.detail : t("failed"));
}

/** Switches kinds off and on: shown at once, and put back if the API refuses. */
export function useMuting(where: "choices" | "owner-phone") {
  const queries = useQueryClient();
  const path = useBoutiquePath();
  const told = useTold();
  const changed = useAlertsChanged();
  const key = ["get", ALERTS, { params: { path } }];
  const field = where === "choices" ? "muted" : "owner_phone_muted";
  const mutation = api.useMutation("put", `${ALERTS}/${where}`, {
    onMutate: ({ body }) => {
      const before = queries.getQueryData<Alerts>(key);
      if (before) queries.setQueryData<Alerts>(key, { ...before, [field]: body.muted });
    },
    onError: (error) => told(error),
    onSettled: () => changed(),
  });
  return (muted: AlertKind[]) => mutation.mutate({ params: { path }, body: { muted } });
}
