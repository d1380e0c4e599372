"use client";

import { ChevronRight, LayoutTemplate, Wallet } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";

import { useWallet } from "./queries";

/** What campaigns live on: the wallet's tokens, and the messages that WhatsApp has approved. */
export function Ways() {
  const t = useTranslations("campaigns");
  const wallet = useWallet().data;
  return (
    <div className="grid grid-cols-2 gap-2 border-b p-3">
      <Way href="/wallet" icon={<Wallet aria-hidden />} name={t("wallet")} low={wallet?.is_low}
        told={wallet ? t("tokens", { count: wallet.available }) : "…"} />
      <Way href="/templates" icon={<LayoutTemplate aria-hidden />} name={t("templates")} told={t("templatesText")} />
    </div>
  );
}

function Way(props: { href: string; icon: React.ReactNode; name: string; told: string; low?: boolean }) {
  return (
    <Link href={props.href} className="flex min-h-15 min-w-0 items-center gap-2.5 rounded-2xl border bg-raised px-3 py-2 transition-colors hover:bg-paper [&_svg]:size-5">
      <span className={props.low ? "text-amber" : "text-green-ink"}>{props.icon}</span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium leading-5">{props.name}</span>
        <span className={cn("block truncate text-xs", props.low ? "text-amber" : "text-soft")}>{props.told}</span>
      </span>
      <ChevronRight aria-hidden className="-mr-1 text-soft max-sm:hidden" />
    </Link>
  );
}
