"use client";

import { ChevronRight, CornerDownRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Card } from "./card";
import { type Stage, type Totals, useAskedDays } from "./queries";

const REACHED = ["sessions", "shown", "in_cart", "quoted", "paid"] as const;
// Where a talk ended that came to the one of the same place, and to none after it.
const ENDED: readonly Stage[] = ["talk", "shown", "cart", "quoted", "paid"];

/** How many talks came how far, and between each two how many ended; a tap on these lists them. */
export function Funnel({ now }: { now: Totals }) {
  const t = useTranslations("figures");
  const { link } = useAskedDays();
  const all = Math.max(1, now.sessions);
  return (
    <Card title={t("funnel")} table="chats">
      {now.sessions === 0 && <p className="px-4 pb-4 text-soft">{t("noTalks")}</p>}
      {now.sessions > 0 && (
        <ol className="flex flex-col px-4 pb-3">
          {REACHED.map((stage, nth) => {
            const next = REACHED[nth + 1];
            const lost = next ? now[stage] - now[next] : 0;
            return (
              <li key={stage}>
                <div className="flex items-baseline gap-2">
                  <span className="min-w-0 flex-1 truncate">{t(`reached.${stage}`)}</span>
                  <span className="font-medium">{now[stage].toLocaleString("en-KE")}</span>
                  <span className="w-12 text-right text-xs text-soft">{Math.round((now[stage] / all) * 100)} %</span>
                </div>
                <div aria-hidden className="mt-1 h-2 overflow-hidden rounded-full bg-ink/8">
                  <div className={stage === "paid" ? "h-full rounded-full bg-green" : "h-full rounded-full bg-green/55"} style={{ width: `${(now[stage] / all) * 100}%` }} />
                </div>
                {lost > 0 ? (
                  <Link href={link("/figures/sessions", `stage=${ENDED[nth]}`)} className="-mx-2 flex min-h-11 items-center gap-2 rounded-xl px-2 text-xs text-amber hover:bg-ink/4">
                    <CornerDownRight aria-hidden className="size-4" />
                    <span className="flex-1">{t("lost", { count: lost })}</span>
                    <ChevronRight aria-hidden className="size-4" />
                  </Link>
                ) : next && <div className="h-3" />}
              </li>
            );
          })}
        </ol>
      )}
    </Card>
  );
}
