import type { useTranslations } from "use-intl";

import { toast } from "@/components/ui/toaster";

import type { View } from "./queries";

const KNOWN = ["filter", "sort", "search", "tag", "group", "days"] as const;

/** Says what of a view is no more, as a group of customers that was deleted. */
export function tellOfStale(view: View, t: ReturnType<typeof useTranslations<never>>): void {
  if (view.stale.length === 0) return;
  const what = view.stale.map((name) => t(`views.parts.${KNOWN.find((one) => one === name) ?? "other"}`)).join(", ");
  toast(t("views.stale", { name: view.name, what }));
}
