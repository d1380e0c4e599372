"use client";

import { ClipboardPaste } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { SearchField } from "@/components/ui/search-field";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";

import { CustomerTick } from "./customer-tick";
import { PastedNumbers } from "./pasted-numbers";
import { type Customer, useCustomers, useNewList } from "./use-customers";

const MOST = 5000;

/** Customers found by name or number and ticked, or named by pasted numbers. */
export function CustomerPicker(props: { name: string; onPicked: (listId: string) => void; onClose: () => void }) {
  const t = useTranslations();
  const [search, setSearch] = useState("");
  const [pasting, setPasting] = useState(false);
  const [picked, setPicked] = useState<ReadonlyMap<string, Customer>>(new Map());
  const found = useCustomers(useDeferredValue(search));
  const keep = useNewList(props.name, props.onPicked);
  const add = (customers: Customer[]) => setPicked(new Map([...picked, ...customers.map((one) => [one.id, one] as const)]));
  const toggle = (one: Customer) => {
    const next = new Map(picked);
    if (!next.delete(one.id)) next.set(one.id, one);
    setPicked(next);
  };
  const silent = [...picked.values()].filter((one) => !one.may_market).length;
  return (
    <Sheet open onOpenChange={props.onClose} title={t("campaigns.hand.title")} close={t("common.close")}
      footer={
        <Button disabled={picked.size === 0 || picked.size > MOST} busy={keep.isPending} onClick={() => keep.mutate([...picked.keys()])}>
          {t("campaigns.hand.take", { count: picked.size })}
        </Button>
      }>
      <div className="sticky top-0 z-10 -mx-5 flex flex-col gap-3 bg-surface px-5 pb-3 pt-1">
        <SearchField label={t("campaigns.hand.search")} clear={t("common.clear")} value={search} onChange={setSearch} />
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <p role="status" className="min-w-0 flex-1 font-medium">{t("campaigns.hand.picked", { count: picked.size })}</p>
          {picked.size > 0 && <Button look="quiet" size="sm" onClick={() => setPicked(new Map())}>{t("campaigns.hand.none")}</Button>}
          <Button look="outline" size="sm" aria-expanded={pasting} onClick={() => setPasting(!pasting)}><ClipboardPaste aria-hidden /> {t("campaigns.hand.paste")}</Button>
          {silent > 0 && <p className="w-full text-xs text-amber">{t("campaigns.hand.silent", { count: silent })}</p>}
        </div>
      </div>
      {keep.isError && <p role="alert" className="pb-3 text-red">{isProblem(keep.error) ? keep.error.detail : t("common.failed")}</p>}
      {pasting && <PastedNumbers onFound={add} />}
      {found.loading && <div className="flex flex-col gap-2">{[0, 1, 2, 3].map((n) => <Skeleton key={n} className="h-14 rounded-xl" />)}</div>}
      {!found.loading && found.rows.length === 0 && <p className="py-8 text-center text-soft">{t(search ? "campaigns.hand.noneFound" : "campaigns.hand.nobody")}</p>}
      <ul aria-label={t("campaigns.recipients.title")} className="divide-y">
        {found.rows.map((one) => <li key={one.id}><CustomerTick customer={one} on={picked.has(one.id)} onToggle={() => toggle(one)} /></li>)}
      </ul>
      {found.more && <div className="grid place-items-center pt-4"><Button look="outline" busy={found.loadingMore} onClick={found.more}>{t("common.more")}</Button></div>}
    </Sheet>
  );
}
