"use client";

import { ArrowLeft, ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { WithAllWords } from "@/i18n";
import { useFormats } from "@/shell/formats";
import { PageHead, PageWaiting } from "@/shell/page";
import { useUrl } from "@/shell/url";

import { ClosedDay } from "./closed-day";
import { CountForm } from "./count-form";
import { Expected } from "./expected";
import { PastCloses } from "./past-closes";
import { type Day, useDay } from "./queries";

export function CloseDay() {
  return <WithAllWords waiting={<PageWaiting />}><Screen /></WithAllWords>;
}

/** A day of the shop: what should be there, what was counted, and what was closed before. */
function Screen() {
  const t = useTranslations();
  const { params } = useUrl();
  const asked = params.get("day");
  const { data: day, isError } = useDay(asked);
  return (
    <>
      <PageHead title={<span className="flex items-center gap-1"><Button asChild look="quiet" size="icon" className="-ml-2"><Link href="/money" aria-label={t("money.title")}><ArrowLeft aria-hidden /></Link></Button> {t("dailyClose.title")}</span>}>
        {day && <DayChoice day={day} />}
      </PageHead>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 pb-8">
          {isError ? <Notice tone="waits" action={<Button asChild look="outline" size="sm"><Link href="/money/close">{t("dailyClose.today")}</Link></Button>}>{t("dailyClose.noSuchDay")}</Notice>
            : day ? <Shown key={`${day.day} ${day.latest?.version ?? 0}`} day={day} />
            : [0, 1, 2].map((n) => <Skeleton key={n} className="h-36 rounded-2xl" />)}
        </div>
      </main>
    </>
  );
}

function Shown({ day }: { day: Day }) {
  const { params } = useUrl();
  const again = params.get("again") !== null;
  const closed = day.latest !== null && !again;
  return (
    <>
      {closed && day.latest && <ClosedDay closed={day.latest} day={day} />}
      <Expected day={day} />
      {!closed && <CountForm day={day} />}
      <PastCloses open={day.day} />
    </>
  );
}

/** One day back, one on; never a day that is to come. */
function DayChoice({ day }: { day: Day }) {
  const t = useTranslations("dailyClose");
  const { dayKey, day: named } = useFormats();
  const { change } = useUrl();
  const today = dayKey(new Date().toISOString());
  const go = (days: number) => {
    const to = new Date(`${day.day}T12:00:00Z`);
    to.setUTCDate(to.getUTCDate() + days);
    const next = to.toISOString().slice(0, 10);
    change({ day: next === today ? null : next, again: null }, "replace");
  };
  return (
    <div className="flex items-center gap-1">
      <Button look="quiet" size="icon" aria-label={t("dayBefore")} onClick={() => go(-1)}><ChevronLeft aria-hidden /></Button>
      <p className="flex-1 text-center font-medium">
        {day.day === today && <span className="text-soft">{t("today")} · </span>}{named(day.begins_at)}
      </p>
      <Button look="quiet" size="icon" aria-label={t("dayAfter")} disabled={day.day >= today} onClick={() => go(1)}><ChevronRight aria-hidden /></Button>
    </div>
  );
}
