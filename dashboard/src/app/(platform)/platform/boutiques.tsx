"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Search } from "lucide-react";
import Link from "next/link";
import { useDeferredValue } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { Mark } from "@/components/brand";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { usePlatformFormats } from "@/platform/formats";
import { PlatformHead } from "@/platform/head";
import { StateBadge, useFindingWords } from "@/platform/health";
import { useChoice, useUrl } from "@/shell/url";

const AT_ONCE = 50;
const STATES = ["all", "needs_attention", "healthy", "paused", "closed"] as const;
const SORTS = ["worst", "name", "newest", "quiet"] as const;
const AGAIN_MS = 30_000;

/** All boutiques of the installation, and how each is. */
export function Boutiques() {
  const t = useTranslations();
  const { params, change } = useUrl();
  const [state, chooseState] = useChoice("state", STATES);
  const [sort, chooseSort] = useChoice("sort", SORTS);
  const search = params.get("search") ?? "";
  const asked = useDeferredValue(search);
  const offset = Number(params.get("from") ?? 0) || 0;
  const found = api.useQuery("get", "/platform/boutiques",
    { params: { query: { search: asked, state: state === "all" ? null : state, sort, offset, limit: AT_ONCE } } },
    { placeholderData: keepPreviousData, refetchInterval: AGAIN_MS });
  const items = found.data?.items ?? [];
  const counts = found.data?.counts;
  const anew = (then: () => void) => { change({ from: null }, "replace"); then(); };
  return (
    <>
      <PlatformHead title={t("platform.places.boutiques")} actions={(
        <Select aria-label={t("platformShops.sort")} value={sort} className="w-auto max-w-44"
          onChange={(event) => anew(() => chooseSort(event.target.value as typeof sort))}>
          {SORTS.map((one) => <option key={one} value={one}>{t(`platformShops.sorts.${one}`)}</option>)}
        </Select>
      )}>
        <div className="mt-2 flex flex-col gap-2">
          <SearchField label={t("platformShops.search")} clear={t("platformShops.clear")} value={search}
            onChange={(value) => change({ search: value, from: null }, "replace")} />
          <Segmented label={t("platformShops.filter")} value={state} onChange={(one) => anew(() => chooseState(one))}
            segments={STATES.map((value) => ({
              value,
              label: value === "all" ? t("platformShops.all") : t(`platformShops.states.${value}`),
              count: value === "all" ? undefined : counts?.[value],
            }))} />
        </div>
      </PlatformHead>
      <main className="min-h-0 flex-1 overflow-y-auto bg-surface">
        {found.error && !found.data && (
          <Empty picture={<Mark />} text={t("platformShops.failed")}
            action={<Button onClick={() => void found.refetch()}>{t("common.retry")}</Button>} />
        )}
        {!found.data && !found.error && <SkeletonRows />}
        {found.data && items.length === 0 && (
          <Empty picture={<Search />} text={t(search || state !== "all" ? "platformShops.noneFound" : "platform.boutiques.none")} />
        )}
        <ul className="divide-y">
          {items.map((one) => <BoutiqueRow key={one.id} boutique={one} />)}
        </ul>
        {found.data && found.data.total > AT_ONCE && (
          <Pages total={found.data.total} offset={offset} onGo={(to) => change({ from: to ? String(to) : null })} />
        )}
      </main>
    </>
  );
}

function BoutiqueRow({ boutique }: { boutique: Schemas["PlatformBoutique"] }) {
  const t = useTranslations("platformShops");
  const { when } = usePlatformFormats();
  const words = useFindingWords();
  const [worst, ...others] = boutique.findings;
  return (
    <li>
      <Link href={`/platform/boutique?id=${boutique.id}`}
        className="flex min-h-19 flex-col justify-center gap-1 px-4 py-3 transition-colors duration-150 hover:bg-ink/4 focus-visible:-outline-offset-2">
        <span className="flex items-center gap-3">
          <span className="min-w-0 flex-1 truncate font-medium">{boutique.name}</span>
          <StateBadge state={boutique.state} findings={boutique.findings} />
        </span>
        <span className="flex flex-wrap gap-x-3 text-xs text-soft">
          <span className="min-w-0 flex-1 truncate">
            {worst ? [words(worst), others.length > 0 && t("more", { count: others.length })].filter(Boolean).join(" ") : t("allWell")}
          </span>
          <span>{boutique.last_message_at ? t("lastMessage", { when: when(boutique.last_message_at) }) : t("noMessage")}</span>
        </span>
      </Link>
    </li>
  );
}

function Pages(props: { total: number; offset: number; onGo: (to: number) => void }) {
  const t = useTranslations("platformShops");
  const last = Math.min(props.offset + AT_ONCE, props.total);
  return (
    <nav className="flex items-center justify-between gap-3 border-t p-4">
      <Button look="outline" size="sm" disabled={props.offset === 0} onClick={() => props.onGo(Math.max(props.offset - AT_ONCE, 0))}>{t("before")}</Button>
      <span className="text-xs text-soft">{t("shown", { from: props.offset + 1, to: last, total: props.total })}</span>
      <Button look="outline" size="sm" disabled={last >= props.total} onClick={() => props.onGo(last)}>{t("next")}</Button>
    </nav>
  );
}
