"use client";

import { Webhook } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Empty } from "@/components/ui/empty";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { PlatformHead } from "@/platform/head";
import { Split } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";

import { EventDetail } from "./event-detail";
import { EventRow } from "./event-row";
import { Filtering } from "./filtering";
import { useEvents, useFilters, WHICH } from "./queries";
import { ReplayAll } from "./replay-all";

/** What the providers told, of every boutique and of none. */
export function Webhooks() {
  const t = useTranslations("works.webhooks");
  const { params, change } = useUrl();
  const [which, choose] = useChoice("which", WHICH);
  const [search, setSearch] = useState("");
  const q = useDeferredValue(search);
  const filters = useFilters();
  const found = useEvents(filters, which === "unhandled", q);
  const id = params.get("id");
  return (
    <Split
      list={
        <>
          <PlatformHead title={t("title")} actions={<Filtering />}>
            <div className="flex flex-col gap-2 overflow-hidden px-4 -mx-4">
              <SearchField label={t("search")} clear={t("clear")} value={search} onChange={setSearch} />
              <Segmented label={t("which")} value={which} onChange={choose} segments={WHICH.map((value) => ({ value, label: t(value) }))} />
            </div>
          </PlatformHead>
          <main className="min-h-0 flex-1 overflow-y-auto">
            {which === "unhandled" && found.rows.length > 1 && <ReplayAll of={{ ...filters, ...(q.trim() && { q: q.trim() }) }} />}
            <RowList of={found} label={t("title")} empty={<Empty picture={<Webhook aria-hidden />} text={t(which === "unhandled" && !search ? "noneUnhandled" : "none")} />}
              row={(event) => <EventRow event={event} open={event.id === id} onOpen={() => change({ id: event.id })} />} />
          </main>
        </>
      }
      detail={id && /^\d+$/.test(id) && <EventDetail key={id} id={id} onClose={() => change({ id: null })} />}
      empty={<Empty picture={<Webhook aria-hidden />} text={t("which")} />}
    />
  );
}
