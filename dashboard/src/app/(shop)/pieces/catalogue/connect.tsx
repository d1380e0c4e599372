"use client";

import { Store } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";

import { useChoices, useConnect } from "./queries";

const IS_AN_ID = /^\d{5,32}$/;

/** Chooses one of WhatsApp's catalogues, or another by its id. Meta is asked before it counts. */
export function Connect({ current, onDone }: { current?: string; onDone?: () => void }) {
  const t = useTranslations("catalogue");
  const path = useBoutiquePath();
  const owner = useBoutique().role === "owner";
  const choices = useChoices(owner);
  const connect = useConnect();
  const [id, setId] = useState("");
  if (!owner) return <Empty picture={<Store aria-hidden />} text={t("ownersConnect")} />;
  const take = (catalogueId: string) =>
    connect.mutate({ params: { path }, body: { catalogue_id: catalogueId } }, { onSuccess: () => onDone?.() });
  const refused = connect.error ?? choices.error;
  return (
    <section aria-labelledby="connect-catalogue" className="flex flex-col gap-4 rounded-2xl border bg-surface p-4">
      <div>
        <h2 id="connect-catalogue" className="text-lg font-semibold">{t("connect.title")}</h2>
        <p className="mt-1 text-soft">{t("connect.text")}</p>
      </div>
      {choices.isPending && <Skeleton className="h-16 rounded-2xl" />}
      {choices.data && choices.data.items.length === 0 && <p className="text-soft">{t("connect.none")}</p>}
      {choices.data && choices.data.items.length > 0 && (
        <ul aria-label={t("connect.shown")} className="divide-y rounded-2xl border">
          {choices.data.items.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center gap-3 p-4">
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{one.name || one.id}</span>
                <span className="block text-xs text-soft">{one.id}{one.items !== null && ` · ${t("connect.items", { count: one.items })}`}</span>
              </span>
              {one.id === current ? <Badge tone="good">{t("connect.isConnected")}</Badge>
                : <Button size="sm" busy={connect.isPending} onClick={() => take(one.id)}>{t("connect.take")}</Button>}
            </li>
          ))}
        </ul>
      )}
      <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); take(id.trim()); }}>
        <Field label={t("connect.other")} hint={t("connect.otherHint")}>
          {(wired) => <Input {...wired} inputMode="numeric" autoComplete="off" value={id} onChange={(event) => setId(event.target.value)} />}
        </Field>
        <Button type="submit" look="outline" className="self-start" busy={connect.isPending} disabled={!IS_AN_ID.test(id.trim())}>{t("connect.takeOther")}</Button>
      </form>
      {refused && <Notice tone="waits">{isProblem(refused) && refused.code === "catalogue_refused" ? t("connect.refused") : isProblem(refused) ? refused.detail : t("failed")}</Notice>}
    </section>
  );
}
