"use client";

import { CircleCheck, Scale, Share2 } from "lucide-react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";
import { useUrl } from "@/shell/url";

import { differenceOf } from "./count";
import { who } from "./expected";
import { Difference } from "./place-count";
import { type Closed, type Day, METHODS } from "./queries";
import { closeAsText } from "./share";

/** A day that was closed: how it came out, what came since, and what can be done with it. */
export function ClosedDay({ closed, day }: { closed: Closed; day: Day }) {
  const t = useTranslations("dailyClose");
  const { money, full } = useFormats();
  const { change } = useUrl();
  const share = useShare(closed, day);
  const difference = differenceOf(closed);
  const even = closed.lines.every((line) => line.counted_minor === line.expected_minor);
  const Icon = even ? CircleCheck : Scale;
  return (
    <section aria-label={t("closed")} className="flex flex-col gap-4 rounded-3xl border bg-surface p-5">
      <div className="flex items-start gap-3">
        <span className={cn("grid size-11 shrink-0 place-items-center rounded-2xl", even ? "bg-green-soft text-green-ink" : "bg-amber-soft text-amber")}><Icon aria-hidden className="size-6" /></span>
        <div className="min-w-0 flex-1">
          <p className="text-lg font-semibold">{even ? t("even") : <Difference minor={difference} className="font-semibold" />}</p>
          <p className="text-xs text-soft">{t("closedAt", { when: full(closed.created_at), version: closed.version })}</p>
        </div>
      </div>
      {day.changed.map(({ method, sum_minor }) => (
        <Notice key={method} tone="waits">{t(sum_minor > 0 ? "cameSince" : "wentSince", { method: t(`methods.${method}`), sum: money(Math.abs(sum_minor)) })}</Notice>
      ))}
      <Lines closed={closed} day={day} />
      {closed.note && <p className="break-words text-soft">{closed.note}</p>}
      <div className="flex flex-wrap gap-2 *:flex-1">
        <Button onClick={() => void share()}><Share2 aria-hidden /> {t("share")}</Button>
        <Button look="outline" onClick={() => change({ again: "1" })}>{t("countAgain")}</Button>
      </div>
    </section>
  );
}

function Lines({ closed, day }: { closed: Closed; day: Day }) {
  const t = useTranslations("dailyClose");
  const { money } = useFormats();
  const name = (line: Closed["lines"][number]) => line.user_id ? t("cashOf", { name: who(day, line.user_id) ?? t("gone") }) : t(`methods.${line.method}`);
  return (
    <dl className="divide-y border-y">
      {METHODS.flatMap((method) => closed.lines.filter((line) => line.method === method)).map((line) => (
        <div key={`${line.method} ${line.user_id}`} className="flex gap-3 py-3">
          <dt className="min-w-0 flex-1">
            <span className="block font-medium">{name(line)}</span>
            <span className="block text-xs text-soft">{t("expected", { sum: money(line.expected_minor) })}</span>
          </dt>
          <dd className="text-right">
            <span className="block font-medium tabular-nums">{money(line.counted_minor)}</span>
            <span className="block text-xs"><Difference minor={line.counted_minor - line.expected_minor} />{line.reason && <span className="text-soft"> · {t(`reasons.${line.reason}`)}</span>}</span>
          </dd>
        </div>
      ))}
      {closed.paid_out.map((one, n) => <Fact key={n} name={t("paidOut", { what: one.what })} value={money(one.amount_minor)} />)}
      {closed.left_minor !== null && <Fact name={t("left")} value={money(closed.left_minor)} />}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return <div className="flex gap-3 py-3 text-xs text-soft"><dt className="min-w-0 flex-1 truncate">{name}</dt><dd className="tabular-nums">{value}</dd></div>;
}

/** Through the device's own sheet, where WhatsApp is; copied where there is none. */
function useShare(closed: Closed, day: Day) {
  const t = useTranslations("dailyClose");
  const { money, full, day: named } = useFormats();
  const { name } = useBoutique();
  const difference = (minor: number) => (minor === 0 ? t("agrees") : t(minor < 0 ? "short" : "over", { sum: money(Math.abs(minor)) }));
  return async () => {
    const text = closeAsText(closed, day.people, {
      title: `*${name}* · ${named(day.begins_at)}`,
      method: (method) => t(`methods.${method}`),
      person: (who) => who ?? t("gone"),
      line: (expected, counted) => t("shared", { expected, counted }),
      difference,
      reason: (reason) => t(`reasons.${reason}`),
      paidOut: (what, sum) => `${t("paidOut", { what })}: ${sum}`,
      left: (sum) => `${t("left")}: ${sum}`,
      closedBy: (version) => t("closedAt", { when: full(closed.created_at), version }),
      money,
    });
    try {
      if (navigator.share) return await navigator.share({ text });
      await navigator.clipboard.writeText(text);
      toast.success(t("copied"));
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) toast.error(t("notShared"));
    }
  };
}
