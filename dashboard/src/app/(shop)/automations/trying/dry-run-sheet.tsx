"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useBoutiquePath } from "@/shell/boutique";

import { AUTOMATIONS } from "../queries";
import { type Chosen, CustomerChoice } from "./customer-choice";
import { DryRunOf } from "./dry-run-of";

/** For one customer: what a rule, or every rule, would send her now, and why not. Nothing is sent. */
export function DryRunSheet({ ruleId, onClose }: { ruleId?: string; onClose: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const [chosen, choose] = useState<Chosen | null>(null);
  const { data, error } = api.useQuery("post", `${AUTOMATIONS}/dry-run`,
    { params: { path }, body: { customer_id: chosen?.id ?? "", rule_id: ruleId ?? null } }, { enabled: chosen !== null });
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} close={t("common.close")} title={t("automations.try.title")}>
      <div className="flex flex-col gap-4">
        <p className="text-soft">{t("automations.try.text")}</p>
        <CustomerChoice chosen={chosen} onChoose={choose} />
        {chosen && error && <Notice tone="waits">{isProblem(error) ? error.detail : t("common.failed")}</Notice>}
        {chosen && !data && !error && <SkeletonRows count={2} />}
        {chosen && data?.items.length === 0 && <p className="text-soft">{t("automations.try.none")}</p>}
        {chosen && data?.items.map((one) => <DryRunOf key={one.rule_id} run={one} />)}
      </div>
    </Sheet>
  );
}
