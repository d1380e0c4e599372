"use client";

import { useTranslations } from "use-intl";

import { Badge, type Tone } from "@/components/ui/badge";
import { useFormats } from "@/shell/formats";

import type { Decision } from "../queries";
import { useTold } from "../told";

const TONES: Record<Decision["verdict"], Tone> = { sent: "good", enrolled: "plain", waits: "waits", skipped: "plain", stopped: "plain" };

/** Whom it was about, what was decided, and why, in words. */
export function DecisionRow(props: { decision: Decision; withRule?: boolean; onCustomer?: (id: string) => void }) {
  const t = useTranslations("automations.log");
  const { full } = useFormats();
  const told = useTold();
  const { decision } = props;
  const name = decision.customer_name ?? t("noName");
  return (
    <div className="px-4 py-3">
      <p className="flex items-center gap-3">
        {props.onCustomer && decision.customer_id
          ? <button type="button" className="min-w-0 flex-1 truncate text-left font-medium hover:underline" onClick={() => props.onCustomer?.(decision.customer_id ?? "")}>{name}</button>
          : <span className="min-w-0 flex-1 truncate font-medium">{name}</span>}
        <Badge tone={TONES[decision.verdict]}>{t(`verdict.${decision.verdict}`)}</Badge>
      </p>
      <p className="mt-0.5 text-xs text-soft">
        {props.withRule && `${decision.rule_name} · `}
        {decision.step !== null && `${t("step", { number: decision.step + 1 })} · `}
        {full(decision.created_at)}
        {decision.by && ` · ${t("byHand")}`}
      </p>
      {decision.reason && <p className="mt-1 text-sm">{told.reason(decision.reason)}</p>}
    </div>
  );
}
