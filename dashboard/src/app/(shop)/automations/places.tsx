"use client";

import { Activity, ChartColumn, FlaskConical, ListChecks, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";

const DryRunSheet = later(() => import("./trying/dry-run-sheet").then((part) => part.DryRunSheet));

type Place = { name: "results" | "timeline" | "log"; href: string; icon: LucideIcon };

const PLACES: Place[] = [
  { name: "results", href: "/automations/results", icon: ChartColumn },
  { name: "timeline", href: "/automations/timeline", icon: Activity },
  { name: "log", href: "/automations/log", icon: ListChecks },
];

/** Where the rules are looked at otherwise than one by one, and tried all at once. */
export function AutomationPlaces() {
  const t = useTranslations("automations");
  const [trying, setTrying] = useState(false);
  return (
    <nav aria-label={t("places.label")} className="flex gap-2 overflow-x-auto [scrollbar-width:none]">
      {PLACES.map(({ name, href, icon: Icon }) => (
        <Link key={name} href={href} className="flex min-h-10 shrink-0 items-center gap-2 rounded-xl border px-3 text-sm font-medium hover:bg-sunk">
          <Icon aria-hidden className="size-4 text-soft" /> {t(`places.${name}`)}
        </Link>
      ))}
      <button type="button" onClick={() => setTrying(true)} className="flex min-h-10 shrink-0 items-center gap-2 rounded-xl border px-3 text-sm font-medium hover:bg-sunk">
        <FlaskConical aria-hidden className="size-4 text-soft" /> {t("try.all")}
      </button>
      {trying && <DryRunSheet onClose={() => setTrying(false)} />}
    </nav>
  );
}
