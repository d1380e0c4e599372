"use client";

import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";

import type { Funnel } from "./queries";

const STAGES = ["enrolled", "decided", "sent", "delivered", "read", "clicked", "replied", "converted"] as const;
const ENDS = ["opted_out", "failed"] as const;
const SHORT = ["sent", "delivered", "read", "clicked", "converted"] as const;

/** The same of all rules together: of what was sent, in few lines. */
export function ShortFunnel({ total }: { total: Funnel }) {
  const t = useTranslations("ruleResults");
  const all = Math.max(1, total.sent);
  return (
    <ol className="flex flex-col gap-3 p-4">
      {SHORT.map((stage) => <Bar key={stage} name={t(`stages.${stage}`)} count={total[stage]} of={all} tone={stage === "converted" ? "bg-green" : "bg-green/55"} />)}
      <Bar name={t("stages.opted_out")} count={total.opted_out} of={all} tone="bg-amber-dot" />
    </ol>
  );
}

/** How many came how far; and apart from them, who said stop and whom nothing reached. */
export function FunnelBars({ total, heldOut = 0 }: { total: Funnel; heldOut?: number }) {
  const t = useTranslations("ruleResults");
  const all = Math.max(1, total.enrolled);
  return (
    <div className="p-4">
      <ol className="flex flex-col gap-3">
        {STAGES.map((stage) => <Bar key={stage} name={t(`stages.${stage}`)} count={total[stage]} of={all} tone={stage === "converted" ? "bg-green" : "bg-green/55"} />)}
      </ol>
      <ul className="mt-4 flex flex-col gap-3 border-t pt-4">
        {ENDS.map((stage) => <Bar key={stage} name={t(`stages.${stage}`)} count={total[stage]} of={all} tone="bg-amber-dot" />)}
      </ul>
      <p className="mt-4 text-pretty text-xs text-soft">{t("funnelText")} {heldOut > 0 && t("heldOut", { count: heldOut })}</p>
    </div>
  );
}

function Bar(props: { name: string; count: number; of: number; tone: string }) {
  const share = Math.min(100, (props.count / props.of) * 100);
  return (
    <li>
      <div className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate">{props.name}</span>
        <span className="font-medium tabular-nums">{props.count.toLocaleString("en-KE")}</span>
        <span className="w-12 text-right text-xs tabular-nums text-soft">{Math.round(share)} %</span>
      </div>
      <div aria-hidden className="mt-1 h-2 overflow-hidden rounded-full bg-ink/8">
        <div className={cn("h-full rounded-full", props.tone)} style={{ width: `${share}%` }} />
      </div>
    </li>
  );
}
