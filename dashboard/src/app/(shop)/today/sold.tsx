"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { later, useStill } from "@/components/later";
import { Skeleton } from "@/components/ui/skeleton";
import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";
import { useToday } from "@/shell/waiting";

// They come when the page is still: the day's sales are what is waited for.
const Profit = later(() => import("./profit").then((part) => part.Profit));
const Wished = later(() => import("./wished").then((part) => part.Wished));

/** The one large number of the page, and what it is made of. */
export function Sold() {
  const t = useTranslations("today");
  const { money } = useFormats();
  const { data } = useToday();
  const owner = useBoutique().role === "owner";
  const still = useStill();
  return (
    <section aria-labelledby="sold" className="rounded-3xl bg-[#00614f] p-5 text-white">
      <h2 id="sold" className="text-xs font-medium opacity-85">{t("sold")}</h2>
      {data ? (
        <>
          <p className="mt-1 text-2xl font-semibold tracking-tight">
            {money(data.paid_orders_minor + data.counter_sales_minor)}
          </p>
          <p className="mt-2 opacity-90">
            {t("sales", { count: data.paid_orders })}
            {data.counter_sales > 0 && ` · ${t("counter", { count: data.counter_sales })}`}
            {data.refunded_minor > 0 && ` · ${t("refunded", { amount: money(data.refunded_minor) })}`}
          </p>
          {owner && <div className="mt-1 min-h-6 text-xs opacity-90">{still && <Profit />}</div>}
          {owner && (
            <div className="-mb-3 mt-2 flex border-t border-white/20 text-xs">
              <Link href="/figures" className="flex min-h-12 flex-1 items-center gap-1 font-medium underline-offset-4 hover:underline">
                {t("figures")} <ChevronRight aria-hidden className="size-4" />
              </Link>
              {still && <Wished />}
            </div>
          )}
        </>
      ) : (
        <div className="space-y-3 py-1.5">
          <Skeleton className="h-8 w-40 bg-white/20" />
          <Skeleton className="h-4 w-28 bg-white/20" />
          {owner && <div className="h-15.25" />}
        </div>
      )}
    </section>
  );
}
