"use client";

import { UsersRound } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { SearchField } from "@/components/ui/search-field";

import { type Customer, useCustomers } from "../../campaigns/write/audience/use-customers";

export type Chosen = { id: string; name: string };

/** One customer, found by a name or a number; once chosen, she can be changed for another. */
export function CustomerChoice({ chosen, onChoose }: { chosen: Chosen | null; onChoose: (chosen: Chosen | null) => void }) {
  const t = useTranslations("automations.customer");
  const [search, setSearch] = useState("");
  const found = useCustomers(useDeferredValue(search));
  const named = (one: Customer) => one.name ?? one.phone ?? t("noName");
  if (chosen) {
    return (
      <div className="flex min-h-14 items-center gap-3 rounded-2xl border bg-raised px-3 py-2">
        <Avatar name={chosen.name} className="size-10" />
        <span className="min-w-0 flex-1 truncate font-medium">{chosen.name}</span>
        <Button look="link" size="sm" onClick={() => onChoose(null)}>{t("other")}</Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <SearchField label={t("search")} clear={t("clear")} value={search} onChange={setSearch} />
      <div className="max-h-90 overflow-y-auto rounded-2xl border bg-raised">
        <RowList of={found} label={t("found")}
          row={(one) => (
            <button type="button" onClick={() => onChoose({ id: one.id, name: named(one) })}
              className="flex min-h-14 w-full items-center gap-3 px-3 py-2 text-left hover:bg-ink/4 focus-visible:-outline-offset-2">
              <Avatar name={one.name ?? "?"} className="size-10" />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{named(one)}</span>
                {one.name && one.phone && <span className="block truncate text-xs text-soft">{one.phone}</span>}
              </span>
            </button>
          )}
          empty={<Empty picture={<UsersRound aria-hidden />} text={t("none")} />} />
      </div>
    </div>
  );
}
