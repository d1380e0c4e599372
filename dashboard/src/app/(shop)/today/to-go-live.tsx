"use client";

import { useTranslations } from "use-intl";

import { useBoutique } from "@/shell/boutique";

import { GoLiveSteps } from "../settings/go-live";
import { useGoLive } from "../settings/queries";

/** What keeps the shop from selling, until nothing does. */
export function ToGoLive() {
  const t = useTranslations("live");
  const { role } = useBoutique();
  const { data } = useGoLive(role === "owner");
  if (!data || data.is_complete) return null;
  const missing = data.steps.filter((step) => !step.done && !step.optional);
  const asked = data.steps.filter((step) => !step.optional).length;
  return (
    <section aria-labelledby="go-live">
      <h2 id="go-live" className="mb-2 flex px-1 text-xs font-medium text-soft">
        <span className="flex-1">{t("title")}</span>
        <span>{t("progress", { done: asked - missing.length, all: asked })}</span>
      </h2>
      <GoLiveSteps list={data} steps={missing} />
    </section>
  );
}
