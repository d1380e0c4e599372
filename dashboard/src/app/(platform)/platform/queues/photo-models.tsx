"use client";

import { useFormatter, useTranslations } from "use-intl";

import { api } from "@/api/client";
import { Meter } from "@/components/ui/meter";
import { Section } from "@/shell/detail";

const LOOK_MS = 10_000;
const MOST = 20;

/** The boutiques whose pictures a new model is looking at; nothing where none is. */
export function PhotoModels() {
  const t = useTranslations("works.photoModels");
  const format = useFormatter();
  const waiting = api.useQuery("get", "/platform/photo-models", {}, { refetchInterval: LOOK_MS, retry: false }).data?.items;
  if (!waiting?.length) return null;
  return (
    <Section title={t("title")}>
      <ul className="divide-y">
        {waiting.slice(0, MOST).map((one) => (
          <li key={one.boutique} className="px-4 py-3">
            <div className="flex items-baseline justify-between gap-3">
              <h4 className="min-w-0 flex-1 truncate font-medium">{one.boutique}</h4>
              <span className="text-xs text-soft tabular-nums">{t("seen", { done: format.number(one.done), pictures: format.number(one.pictures) })}</span>
            </div>
            <Meter label={t("meter", { boutique: one.boutique })} now={one.done} most={one.pictures} />
            <p className="mt-2 break-words text-xs text-soft">
              <span className="font-mono">{one.model}</span>
              {one.unreadable > 0 && ` · ${t("unreadable", { count: one.unreadable })}`}
            </p>
          </li>
        ))}
      </ul>
      {waiting.length > MOST && <p className="border-t px-4 py-3 text-xs text-soft">{t("more", { count: waiting.length - MOST })}</p>}
    </Section>
  );
}
