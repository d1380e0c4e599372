"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

/** What of the day's sales is profit, as far as costs are known; for owners. */
export function Profit() {
  const t = useTranslations("today");
  const { money } = useFormats();
  const path = useBoutiquePath();
  const { data } = api.useQuery("get", "/boutiques/{boutique_id}/margin", { params: { path, query: {} } });
  if (!data || (data.revenue_minor === 0 && data.unknown_minor === 0)) return null;
  return (
    <Link href="/money/margin?range=today" className="flex items-center gap-1 underline-offset-4 hover:underline">
      {t("profit", { sum: money(data.profit_minor) })}
      {data.unknown_pieces > 0 && ` · ${t("noCost", { count: data.unknown_pieces })}`}
      <ChevronRight aria-hidden className="size-4" />
    </Link>
  );
}
