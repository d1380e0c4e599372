"use client";

import { Plus, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { toast } from "@/components/ui/toaster";
import { Button } from "@/components/ui/button";
import { Field, Input, Textarea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useBoutiquePath } from "@/shell/boutique";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";
import { useUrl } from "@/shell/url";

import { CountedAlone } from "./counted-alone";
import { type Draft, draftOf, parseSum, placesOf } from "./count";
import { PlaceCount } from "./place-count";
import { type Day, useClosing } from "./queries";
import { StatementSays } from "./statement-says";

/** The drawer, then what was counted, each difference beside its count. */
export function CountForm({ day }: { day: Day }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const { digits } = useFormats();
  const { change } = useUrl();
  const closing = useClosing();
  const key = useRef(newKey());
  const [draft, setDraft] = useState<Draft>(() => draftOf(day, (minor) => String(minor / 10 ** digits)));
  const set = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));
  const places = placesOf(day, draft, digits);
  const sums = places.map(({ key }) => parseSum(draft.counted[key] ?? "", digits));
  const missing = sums.some((sum) => sum === null)
    || places.some(({ key, expected }, n) => sums[n] !== expected && !draft.reasons[key])
    || draft.paidOut.some(({ what, sum }) => !what.trim() || !parseSum(sum, digits));

  const close = () => closing.mutate({
    params: { path, header: { "idempotency-key": key.current } },
    body: {
      day: day.day,
      after_version: day.latest?.version ?? 0,
      float_minor: parseSum(draft.float, digits) ?? 0,
      left_minor: parseSum(draft.left, digits) ?? undefined,
      paid_out: draft.paidOut.map(({ what, sum }) => ({ what, amount_minor: parseSum(sum, digits) ?? 0 })),
      note: draft.note,
      lines: places.map(({ key, method, userId, expected }, n) => ({
        method, user_id: userId, expected_minor: expected, counted_minor: sums[n] ?? 0,
        reason: sums[n] === expected ? null : draft.reasons[key] ?? "unknown",
      })),
    },
  }, {
    onSuccess: () => { toast.success(t("dailyClose.isClosed")); change({ again: null }, "replace"); },
    onError: (error) => { if (isProblem(error)) key.current = newKey(); },
  });

  return (
    <form className="flex flex-col gap-5" onSubmit={(event) => { event.preventDefault(); if (!missing) close(); }}>
      <Drawer draft={draft} set={set} />
      <Section title={t("dailyClose.count")}>
        <div className="divide-y">
          {places.map((place, n) => (
            <PlaceCount key={place.key} place={place} day={day} alone={draft.alone.length > 0}
              typed={draft.counted[place.key] ?? ""} sum={sums[n] ?? null} reason={draft.reasons[place.key] ?? null}
              onType={(typed) => set({ counted: { ...draft.counted, [place.key]: typed } })}
              onReason={(reason) => set({ reasons: { ...draft.reasons, [place.key]: reason } })}>
              {place.method === "mpesa" && (
                <StatementSays day={day} onTake={(minor) => set({ counted: { ...draft.counted, [place.key]: String(minor / 10 ** digits) } })} />
              )}
            </PlaceCount>
          ))}
        </div>
      </Section>
      <CountedAlone day={day} alone={draft.alone} onChange={(alone) => set({ alone })} />
      <Section title={t("dailyClose.after")}>
        <div className="flex flex-col gap-4 p-4">
          <Field label={t("dailyClose.left")} hint={t("dailyClose.leftHint")}>
            {(wired) => <Input {...wired} inputMode="decimal" value={draft.left} onChange={({ target }) => set({ left: target.value })} />}
          </Field>
          <Field label={t("dailyClose.note")}>
            {(wired) => <Textarea {...wired} rows={2} maxLength={500} value={draft.note} onChange={({ target }) => set({ note: target.value })} />}
          </Field>
        </div>
      </Section>
      {closing.isError && <Notice tone="risk">{isProblem(closing.error) ? closing.error.detail : t("common.failed")}</Notice>}
      <Button type="submit" busy={closing.isPending} disabled={missing}>{t(day.latest ? "dailyClose.closeAgain" : "dailyClose.title")}</Button>
    </form>
  );
}

/** What was in the drawer in the morning, and what was paid out of it. */
function Drawer({ draft, set }: { draft: Draft; set: (changes: Partial<Draft>) => void }) {
  const t = useTranslations("dailyClose");
  const edit = (at: number, changes: Partial<Draft["paidOut"][number]>) =>
    set({ paidOut: draft.paidOut.map((one, n) => (n === at ? { ...one, ...changes } : one)) });
  return (
    <Section title={t("drawer")}>
      <div className="flex flex-col gap-4 p-4">
        <Field label={t("float")} hint={t("floatHint")}>
          {(wired) => <Input {...wired} inputMode="decimal" value={draft.float} onChange={({ target }) => set({ float: target.value })} />}
        </Field>
        {draft.paidOut.map((one, n) => (
          <div key={n} className="flex items-end gap-2">
            <Field label={t("paidOutFor")} className="min-w-0 flex-1">
              {(wired) => <Input {...wired} maxLength={60} value={one.what} onChange={({ target }) => edit(n, { what: target.value })} />}
            </Field>
            <Field label={t("paidOutSum")} className="w-28">
              {(wired) => <Input {...wired} inputMode="decimal" value={one.sum} onChange={({ target }) => edit(n, { sum: target.value })} />}
            </Field>
            <Button look="quiet" size="icon" aria-label={t("paidOutRemove")} onClick={() => set({ paidOut: draft.paidOut.filter((_, at) => at !== n) })}><Trash2 aria-hidden /></Button>
          </div>
        ))}
        <Button look="outline" onClick={() => set({ paidOut: [...draft.paidOut, { what: "", sum: "" }] })} disabled={draft.paidOut.length >= 20}>
          <Plus aria-hidden /> {t("paidOutAdd")}
        </Button>
      </div>
    </Section>
  );
}
