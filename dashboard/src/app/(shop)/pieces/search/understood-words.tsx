"use client";

import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { Badge } from "@/components/ui/badge";

/** What was asked for, in the shop's terms; what no piece has is marked. */
export function UnderstoodWords({ found }: { found: Schemas["SearchResult"] }) {
  const t = useTranslations("searchTester");
  const wish = Object.entries(found.understood.wish);
  return (
    <section aria-labelledby="understood" className="rounded-2xl border bg-surface p-4">
      <h2 id="understood" className="text-xs font-medium text-soft">{t("understood")}</h2>
      {wish.length === 0 && <p className="mt-1 text-soft">{t("nothing")}</p>}
      <dl className="mt-2 flex flex-wrap gap-2">
        {wish.map(([field, value]) => (
          <div key={field} className="rounded-xl bg-sunk px-3 py-2">
            <dt className="text-xs text-soft">{t.has(`fields.${field}` as never) ? t(`fields.${field}` as never) : field}</dt>
            <dd className="font-medium">{/_minor$/.test(field) ? Number(value) / 100 : String(value)}{" "}
              {found.dropped.includes(field) && <Badge tone="waits">{t("dropped")}</Badge>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
