"use client";

import type { LucideIcon } from "lucide-react";
import { Calculator, FileCheck, FileUp, HandCoins, TrendingUp } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { useBoutique } from "@/shell/boutique";

type Place = { name: "close" | "credit" | "margin" | "statement" | "tax"; href: string; icon: LucideIcon; ownersOnly?: boolean };

const PLACES: Place[] = [
  { name: "close", href: "/money/close", icon: Calculator },
  { name: "credit", href: "/money/credit", icon: HandCoins },
  { name: "margin", href: "/money/margin", icon: TrendingUp, ownersOnly: true },
  { name: "statement", href: "/money/statement", icon: FileUp, ownersOnly: true },
  { name: "tax", href: "/money/tax", icon: FileCheck },
];

/** Where the shop's money is looked at otherwise than payment by payment. */
export function MoneyPlaces() {
  const t = useTranslations("money.places");
  const owner = useBoutique().role === "owner";
  return (
    <nav aria-label={t("label")} className="flex gap-2 overflow-x-auto px-4 pb-3 [scrollbar-width:none]">
      {PLACES.filter((place) => owner || !place.ownersOnly).map(({ name, href, icon: Icon }) => (
        <Link key={name} href={href} className="flex min-h-10 shrink-0 items-center gap-2 rounded-xl border px-3 text-sm font-medium hover:bg-sunk">
          <Icon aria-hidden className="size-4 text-soft" /> {t(name)}
        </Link>
      ))}
    </nav>
  );
}
