"use client";

import { useTranslations } from "use-intl";

import type { Stats } from "../queries";

const STAGES = ["accepted", "delivered", "read", "clicked", "replied", "converted"] as const;

/** Of those it was sent to, how many came how far. */
export function Funnel({ total }: { total: Stats["total"] }) {
  const t = useTranslations("campaigns.results.stages");
  const all = Math.max(1, total.accepted);
  return (
    <ol className="flex flex-col gap-3 p-4">
      {STAGES.map((stage) => {
        const count = total[stage];
        return (
          <li key={stage}>
            <div className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1 truncate">{t(stage)}</span>
              <span className="font-medium">{count.toLocaleString("en-KE")}</span>
              <span className="w-12 text-right text-xs text-soft">{Math.round((count / all) * 100)} %</span>
            </div>
            <div aria-hidden className="mt-1 h-2 overflow-hidden rounded-full bg-ink/8">
              <div className={stage === "converted" ? "h-full rounded-full bg-green" : "h-full rounded-full bg-green/55"} style={{ width: `${Math.min(100, (count / all) * 100)}%` }} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}
