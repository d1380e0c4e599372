"use client";

import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { Skeleton } from "@/components/ui/skeleton";

import { useTokenMoney } from "./queries";

/** The one large number of the page, and where the other tokens are. */
export function Balance({ wallet, action }: { wallet: Schemas["Wallet"] | undefined; action: ReactNode }) {
  const t = useTranslations("wallet");
  const format = useFormatter();
  const money = useTokenMoney();
  if (!wallet) return <Skeleton className="h-40 w-full rounded-2xl" />;
  return (
    <section aria-labelledby="wallet-balance" className="rounded-2xl border bg-surface">
      <div className="flex flex-wrap items-center gap-4 p-4">
        <div className="min-w-0 flex-1">
          <h2 id="wallet-balance" className="text-xs font-medium text-soft">{t("available")}</h2>
          <p className="mt-1 text-2xl font-semibold tabular-nums tracking-tight">{format.number(wallet.available)}</p>
          <p className="mt-0.5 text-soft">{t("worth", { sum: money(wallet.worth_minor) })}</p>
        </div>
        {action}
      </div>
      <dl className="grid grid-cols-2 divide-x border-t">
        <Figure name={t("held")} hint={t("heldHint")} value={format.number(wallet.held)} />
        <Figure name={t("spent")} hint={t("spentHint")} value={format.number(wallet.spent)} />
      </dl>
    </section>
  );
}

function Figure(props: { name: string; hint: string; value: string }) {
  return (
    <div className="p-4">
      <dt className="text-xs font-medium text-soft">{props.name}</dt>
      <dd className="mt-0.5">
        <span className="block text-lg font-semibold tabular-nums">{props.value}</span>
        <span className="block text-xs text-soft">{props.hint}</span>
      </dd>
    </div>
  );
}
