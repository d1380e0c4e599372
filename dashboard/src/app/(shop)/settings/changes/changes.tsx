"use client";

import { ArrowLeft, History } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { RowList } from "@/components/rows";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { WithAllWords } from "@/i18n";
import { useFormats } from "@/shell/formats";
import { PageHead, PageWaiting } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";

import { ChangeRow } from "./change-row";
import { Filters } from "./filters";
import { type Asked, KINDS, useChanges } from "./queries";

const ChangeSheet = later(() => import("./change-sheet").then((part) => part.ChangeSheet));

export function ChangesPage() {
  return <WithAllWords waiting={<PageWaiting />}><Changes /></WithAllWords>;
}

/** What was changed in the shop, day after day, or the history of one thing. */
function Changes() {
  const t = useTranslations("changes");
  const { day, dayKey } = useFormats();
  const { params, change } = useUrl();
  const [kind, choose] = useChoice("kind", KINDS);
  const thing = params.get("thing");
  const asked = useAsked(kind, thing);
  const list = useChanges(asked);
  const first = useMemo(() => firstOfDays(list.rows, dayKey), [list.rows, dayKey]);
  const open = list.rows.find((one) => one.id === params.get("id"));
  return (
    <>
      <PageHead title={<span className="flex items-center gap-1"><Button asChild look="quiet" size="icon" className="-ml-2"><Link href="/settings" aria-label={t("settings")}><ArrowLeft aria-hidden /></Link></Button> {t("title")}</span>}>
        {!thing && <Segmented label={t("which")} value={kind} onChange={choose} segments={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))} />}
      </PageHead>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-180 flex-col gap-4 p-4 pb-8">
          {thing && <Notice tone="waits" action={<Button asChild look="outline" size="sm"><Link href="/settings/changes">{t("all")}</Link></Button>}>{t("onlyThis")}</Notice>}
          <Filters asked={asked} />
          <div className="overflow-hidden rounded-2xl border bg-surface">
            <RowList of={list} label={t("title")}
              row={(one) => (
                <>
                  {first.has(one.id) && <h2 className="border-b bg-sunk px-4 py-1.5 text-xs font-medium text-soft">{day(one.at)}</h2>}
                  <ChangeRow change={one} onOpen={() => change({ id: one.id })} />
                </>
              )}
              empty={<Empty picture={<History aria-hidden />} text={t(Object.keys(asked).length ? "none" : "noneAll")} />} />
          </div>
        </div>
      </main>
      {open && <ChangeSheet change={open} onClose={() => change({ id: null })} />}
    </>
  );
}

/** The filters, as they stand in the address. */
function useAsked(kind: (typeof KINDS)[number], thing: string | null): Asked {
  const { params } = useUrl();
  const given = (name: string) => params.get(name) || undefined;
  const [who, since, until] = [given("who"), given("since"), given("until")];
  return useMemo(() => ({
    ...(kind !== "all" && { kind }), ...(thing && { thing }), ...(who && { who }), ...(since && { since }), ...(until && { until }),
  }), [kind, thing, who, since, until]);
}

/** The rows above which a new day begins. */
function firstOfDays(rows: { id: string; at: string }[], dayKey: (at: string) => string): Set<string> {
  const days = rows.map((row) => dayKey(row.at));
  return new Set(rows.filter((_, index) => days[index] !== days[index - 1]).map((row) => row.id));
}
