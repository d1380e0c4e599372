"use client";

import { MailCheck, RotateCcw } from "lucide-react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import type { Rows } from "@/api/pages";
import { RowList } from "@/components/rows";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";
import { Refused } from "@/platform/works/asking";
import { useClock } from "@/platform/works/formats";
import { DetailHead, Section } from "@/shell/detail";

import { Dismiss } from "./dismiss";
import { type Letter, useDismissLetters, useRetryLetters } from "./queries";
import { FailedRow } from "./row";

const MOST = 100; // at once

export function LetterList(props: { of: Rows<Letter>; openId?: string; onOpen: (id: string) => void }) {
  const t = useTranslations("works.letters");
  const retried = props.of.rows.filter((one) => one.may_be_retried).slice(0, MOST);
  return (
    <>
      {retried.length > 1 && <RetryAll ids={retried.map((one) => Number(one.id))} />}
      <RowList of={props.of} label={t("letters")} empty={<Empty picture={<MailCheck aria-hidden />} text={t("noLetters")} />}
        row={(one) => (
          <FailedRow title={one.body || t(`kinds.${one.kind as "message"}`)} below={`${one.boutique} · ${t("tries", { count: one.failures + one.interruptions })}`}
            error={one.error} at={one.left_at} open={one.id === props.openId} onOpen={() => props.onOpen(one.id)} />
        )} />
    </>
  );
}

function RetryAll({ ids }: { ids: number[] }) {
  const t = useTranslations("works.letters");
  const retry = useRetryLetters();
  const run = () => retry.mutate({ body: { event_ids: ids } }, { onSuccess: ({ changed }) => toast.success(t("retried", { count: changed.length })) });
  return (
    <div className="flex flex-col gap-2 border-b p-3">
      <Button look="outline" busy={retry.isPending} onClick={run}><RotateCcw aria-hidden /> {t("retryAll", { count: ids.length })}</Button>
      <Refused error={retry.error} />
    </div>
  );
}

/** An event no turn could handle: why, and what would happen now. */
export function LetterDetail({ letter, onClose }: { letter: Letter; onClose: () => void }) {
  const t = useTranslations("works.letters");
  const { full } = useClock();
  const retry = useRetryLetters();
  const dismiss = useDismissLetters();
  const ids = { event_ids: [Number(letter.id)] };
  const run = () => retry.mutate({ body: ids }, {
    onSuccess: ({ changed }) => { onClose(); toast.success(t("retried", { count: changed.length })); },
  });
  return (
    <>
      <DetailHead title={t(`kinds.${letter.kind as "message"}`)} below={letter.boutique} onClose={onClose} />
      <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4 wide:p-6">
        <p className="text-soft">{t("came", { at: full(letter.came_at) })}, {t("tries", { count: letter.failures + letter.interruptions })}</p>
        {letter.body && <Section title={t("words")}><p className="break-words px-4 py-3">{letter.body}</p></Section>}
        <Section title={t("error")}><p className="break-words px-4 py-3 font-mono text-sm">{letter.error ?? t("noError")}</p></Section>
        <Section title={t("willHappen")}>
          {letter.may_be_retried
            ? <p className="px-4 py-3">{t(`fates.${letter.fate}`)}</p>
            : <Notice tone="waits">{t(`fates.${letter.fate}`)}</Notice>}
        </Section>
        <div className="flex flex-col gap-2">
          {letter.may_be_retried && <Button busy={retry.isPending} onClick={run}>{t("retry")}</Button>}
          <Refused error={retry.error} />
          <Dismiss busy={dismiss.isPending} error={dismiss.error} onGiven={(reason) => dismiss.mutate({ body: { ...ids, reason } }, {
            onSuccess: () => { onClose(); toast.success(t("dismissed")); },
          })} />
        </div>
      </div>
    </>
  );
}
