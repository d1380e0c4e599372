"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import type { Day } from "./queries";

// What it says beyond what the shop took, and what it does not say; together they are the difference.
const NAMED = ["missing", "unclaimed", "undone", "of_other_days", "differs"] as const;

/** What M-Pesa itself says of the day, taken over with one tap; and what of it nobody knows. */
export function StatementSays({ day, onTake }: { day: Day; onTake: (minor: number) => void }) {
  const t = useTranslations("dailyClose.statement");
  const owner = useBoutique().role === "owner";
  const { money, full } = useFormats();
  const { statement } = day;
  if (!statement.until || statement.until < day.begins_at) {
    return <p className="text-xs text-soft">{t("none")} {owner && <Link href="/money/statement" className="text-green-ink underline underline-offset-2">{t("import")}</Link>}</p>;
  }
  return (
    <div className="flex flex-col gap-1 rounded-xl bg-sunk p-3 text-xs">
      <p className="flex items-center gap-3">
        <span className="flex-1">{t("says", { sum: money(statement.received_minor) })}</span>
        <Button look="outline" size="sm" onClick={() => onTake(statement.received_minor)}>{t("take")}</Button>
      </p>
      {statement.until < day.ends_at && <p className="text-soft">{t("until", { when: full(statement.until) })}</p>}
      {NAMED.filter((one) => statement[one].payments > 0).map((one) => {
        const text = t(one, { count: statement[one].payments, sum: money(statement[one].sum_minor) });
        return one === "unclaimed"
          ? <Link key={one} href="/money?filter=unclaimed" className="py-1 text-amber underline underline-offset-2">{text}</Link>
          : <p key={one} className="py-1 text-amber">{text}</p>;
      })}
    </div>
  );
}
