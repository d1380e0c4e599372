"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Skeleton } from "@/components/ui/skeleton";

import { Card } from "./card";
import { useAskedDays } from "./queries";
import { useWishes } from "./wishes/queries";
import { useWishWords } from "./wishes/wish-words";

const SHOWN = 3;

/** What was asked for in vain most, and the way to all of it. */
export function WishesCard() {
  const t = useTranslations("wishes");
  const { days, link } = useAskedDays();
  const words = useWishWords();
  const { data } = useWishes(days);
  return (
    <Card title={t("title")}>
      <div className="min-h-12 px-4 pb-2">
        {!data && <Skeleton className="h-5 w-3/4" />}
        {data?.items.length === 0 && <p className="text-soft">{t("none")}</p>}
        {data && <ul className="flex flex-col gap-1">{data.items.slice(0, SHOWN).map((wish) => <li key={`${wish.kind} ${wish.subject}`} className="truncate">{words(wish)}</li>)}</ul>}
      </div>
      <Link href={link("/figures/wishes")} className="flex min-h-12 items-center gap-2 border-t px-4 font-medium text-green-ink hover:bg-ink/4 focus-visible:-outline-offset-2">
        <span className="flex-1">{t("open")}</span> <ChevronRight aria-hidden className="size-5" />
      </Link>
    </Card>
  );
}
