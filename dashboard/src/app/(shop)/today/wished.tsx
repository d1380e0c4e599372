"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { useBoutique } from "@/shell/boutique";
import { formatsOf } from "@/shell/formats";

const DAY_MS = 86_400_000;
const DAYS = 7;

/** How much customers asked for in vain in these days, and the way to it; nothing if they got all. */
export function Wished() {
  const t = useTranslations("today");
  const { boutique_id, currency, timezone } = useBoutique();
  const [since] = useState(() => formatsOf("en", currency, timezone).dayKey(new Date(Date.now() - (DAYS - 1) * DAY_MS).toISOString()));
  const { data } = api.useQuery("get", "/boutiques/{boutique_id}/unmet-wishes", { params: { path: { boutique_id }, query: { since } } }, { staleTime: 60_000 });
  if (!data || data.items.length === 0) return null;
  return (
    <Link href="/figures/wishes" className="flex items-center gap-1 underline-offset-4 hover:underline">
      {t("wishes", { count: data.items.length })} <ChevronRight aria-hidden className="size-4" />
    </Link>
  );
}
