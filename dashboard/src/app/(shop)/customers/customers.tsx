"use client";

import { ListFilter, UsersRound } from "lucide-react";
import Link from "next/link";
import { useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { RowList } from "@/components/rows";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { WaitingDetail } from "@/shell/detail";
import { PageHead, Split } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";
import { Views } from "@/views/views";

import { CustomerRow } from "./customer-row";
import { FilterSheet } from "./filter-sheet";
import { SORTS, useCustomers } from "./queries";

const CustomerDetail = later(() => import("./customer-detail").then((part) => part.CustomerDetail), <WaitingDetail />);

/** Everybody who bought here or wrote: found, sorted, narrowed; and one of them opened. */
export function Customers() {
  const t = useTranslations();
  const { params, change } = useUrl();
  const [sort, choose] = useChoice("sort", SORTS);
  const [filtering, setFiltering] = useState(false);
  const id = params.get("id");
  const search = params.get("search") ?? "";
  const tag = params.get("tag");
  const segment = params.get("group");
  const customers = useCustomers({ sort, search: useDeferredValue(search), tag, segment });
  const narrowed = Boolean(search || tag || segment);

  return (
    <Split
      list={
        <>
          <PageHead title={t("customers.title")}
            actions={<Button asChild look="quiet" size="icon"><Link href="/customers/segments" aria-label={t("customers.groups")}><UsersRound aria-hidden /></Link></Button>}>
            <div className="flex flex-col gap-2">
              <div className="flex gap-2">
                <div className="min-w-0 flex-1">
                  <SearchField label={t("customers.search")} clear={t("common.clear")} value={search}
                    onChange={(typed) => change({ search: typed }, "replace")} />
                </div>
                <Button look={tag || segment ? "main" : "outline"} size="icon" aria-label={t("customers.filter")}
                  aria-pressed={Boolean(tag || segment)} onClick={() => setFiltering(true)}><ListFilter aria-hidden /></Button>
              </div>
              <Segmented label={t("customers.sort")} value={sort} onChange={choose}
                segments={SORTS.map((value) => ({ value, label: t(`customers.sorts.${value}`) }))} />
              <Views screen="customers" />
            </div>
          </PageHead>
          <main className="min-h-0 flex-1 overflow-y-auto">
            <RowList of={customers} label={t("customers.title")}
              row={(one) => <CustomerRow customer={one} open={one.id === id} onOpen={() => change({ id: one.id })} />}
              empty={<Empty picture={<UsersRound aria-hidden />} text={t(narrowed ? "customers.noneFound" : "customers.none")}
                action={narrowed && <Button look="outline" onClick={() => change({ search: null, tag: null, group: null }, "replace")}>{t("customers.showAll")}</Button>} />} />
          </main>
          {filtering && (
            <FilterSheet tag={tag} segment={segment} onClose={() => setFiltering(false)}
              onChoose={(chosen) => change({ ...chosen, id: null }, "replace")} />
          )}
        </>
      }
      detail={id && <CustomerDetail key={id} id={id} onClose={() => change({ id: null })} />}
      empty={<Empty picture={<UsersRound aria-hidden />} text={t("customers.choose")} />}
    />
  );
}
