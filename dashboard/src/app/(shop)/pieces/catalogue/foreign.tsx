"use client";

import { useTranslations } from "use-intl";

import { SkeletonRows } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import { type Foreign, useForeign } from "./queries";

/** What the catalogue has beside our pieces. Nothing here changes it. */
export function ForeignItems({ count }: { count: number }) {
  const t = useTranslations("catalogue");
  const { data } = useForeign(count > 0);
  if (count === 0) return null;
  return (
    <section aria-labelledby="foreign-items" className="overflow-hidden rounded-2xl border bg-surface">
      <div className="border-b p-4">
        <h2 id="foreign-items" className="font-semibold">{t("foreign", { count })}</h2>
        <p className="text-xs text-soft">{t("foreignText")}</p>
      </div>
      {!data && <SkeletonRows count={2} />}
      <ul className="divide-y">{data?.items.map((one) => <li key={one.retailer_id}><ForeignRow item={one} /></li>)}</ul>
    </section>
  );
}

function ForeignRow({ item }: { item: Foreign }) {
  const t = useTranslations("catalogue");
  const { money } = useFormats();
  return (
    <div className="flex items-baseline gap-3 px-4 py-3">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{item.theirs.name || item.retailer_id}</span>
        <span className="block truncate text-xs text-soft">{item.retailer_id} · {t(item.theirs.in_stock ? "inStock" : "soldOut")}</span>
      </span>
      {item.theirs.price_minor !== null && <span className="tabular-nums">{money(item.theirs.price_minor)}</span>}
    </div>
  );
}
