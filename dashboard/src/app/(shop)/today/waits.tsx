"use client";

import { BanknoteX, CheckCheck, ChevronRight, HandHelping, MessageCircle, Package, Shirt } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { cn } from "@/components/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { useToday } from "@/shell/waiting";

type Figures = Schemas["Today"];
const ROWS = [
  { figure: "to_review", name: "review", href: "/orders?filter=review", icon: BanknoteX, risk: true },
  { figure: "to_send", name: "toSend", href: "/orders?filter=to_send", icon: Package, risk: false },
  { figure: "chats_waiting", name: "chatsWaiting", href: "/chats?filter=waiting", icon: MessageCircle, risk: false },
  { figure: "open_requests", name: "requests", href: "/requests", icon: HandHelping, risk: false },
  { figure: "low_stock", name: "lowStock", href: "/pieces?filter=low_stock", icon: Shirt, risk: false },
] as const satisfies { figure: keyof Figures; [more: string]: unknown }[];

/** Each number is a tap away from what it counts. */
export function Waits() {
  const t = useTranslations("today");
  const { data } = useToday();
  const rows = ROWS.filter((row) => data && data[row.figure] > 0);
  return (
    <section aria-labelledby="waits">
      <h2 id="waits" className="mb-2 px-1 text-xs font-medium text-soft">{t("waiting")}</h2>
      <div className="divide-y overflow-hidden rounded-2xl border bg-surface">
        {!data && [0, 1, 2].map((row) => (
          <div key={row} className="flex h-16 items-center gap-3 px-4">
            <Skeleton className="size-10 rounded-xl" />
            <Skeleton className="h-4 flex-1" />
          </div>
        ))}
        {data && rows.length === 0 && (
          <p className="flex items-center gap-3 p-4 text-soft">
            <CheckCheck aria-hidden className="size-5 text-green-ink" /> {t("allDone")}
          </p>
        )}
        {data && rows.map((row) => (
          <Link key={row.figure} href={row.href}
            className="flex min-h-16 items-center gap-3 px-4 transition-colors hover:bg-ink/4 focus-visible:-outline-offset-2">
            <span className={cn("grid size-10 place-items-center rounded-xl",
              row.risk ? "bg-red-soft text-red" : "bg-amber-soft text-amber")}>
              <row.icon aria-hidden className="size-5" />
            </span>
            <span className="min-w-0 flex-1 font-medium">{t(row.name)}</span>
            <span className="text-lg font-semibold">{data[row.figure]}</span>
            <ChevronRight aria-hidden className="size-5 text-soft" />
          </Link>
        ))}
      </div>
    </section>
  );
}
