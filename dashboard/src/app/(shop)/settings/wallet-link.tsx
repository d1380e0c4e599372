"use client";

import { ChevronRight, Coins } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";

import { useWallet } from "../wallet/queries";

/** The way to the message tokens, with how many there are. */
export function WalletLink() {
  const t = useTranslations("wallet");
  const format = useFormatter();
  const wallet = useWallet();
  return (
    <Link href="/wallet" className="mt-5 flex min-h-19 items-center gap-3 border-y px-4 py-3 transition-colors duration-150 hover:bg-ink/4 focus-visible:-outline-offset-2">
      <span className="grid size-10 place-items-center rounded-xl bg-sunk text-ink"><Coins aria-hidden className="size-5" /></span>
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{t("title")}</span>
        <span className="mt-1 block text-xs text-soft">{wallet ? t("glance", { count: format.number(wallet.available) }) : "…"}</span>
      </span>
      <ChevronRight aria-hidden className="size-5 text-soft" />
    </Link>
  );
}
