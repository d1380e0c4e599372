"use client";

import { MailCheck, RotateCcw } from "lucide-react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import type { Rows } from "@/api/pages";
import { RowList } from "@/components/rows";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Refused } from "@/platform/works/asking";
import { useClock } from "@/platform/works/formats";
import { DetailHead, Section } from "@/shell/detail";

import { Dismiss } from "./dismiss";
import { type Unsent, useDismissUnsent, useSendAgain } from "./queries";
import { FailedRow } from "./row";

const MOST = 100; // at once

export function UnsentList(props: { of: Rows<Unsent>; openId?: string; onOpen: (id: string) => void }) {
  const t = useTranslations("works.letters");
  const ids = props.of.rows.slice(0, MOST).map((one) => one.id);
  return (
    <>
      {ids.length > 1 && <SendAll ids={ids} />}
      <RowList of={props.of} label={t("messages")} empty={<Empty picture={<MailCheck aria-hidden />} text={t("noMessages")} />}
        row={(one) => (
          <FailedRow title={one.body || one.kind} below={`${one.boutique} · ${one.provider}`} error={codeOf(one.error_code, t)}
            at={one.failed_at} open={one.id === props.openId} onOpen={() => props.onOpen(one.id)} />
        )} />
    </>
  );
}

function codeOf(code: string | null, t: ReturnType<typeof useTranslations<"works.letters">>): string {
  return code ? t("code", { code }) : t("noCode");
}

function SendAll({ ids }: { ids: string[] }) {
  const t = useTranslations("works.letters");
  const send = useSendAgain();
  const run = () => send.mutate({ body: { message_ids: ids } }, { onSuccess: ({ changed }) => toast.success(t("sent", { count: changed.length })) });
  return (
    <div className="flex flex-col gap-2 border-b p-3">
      <Button look="outline" busy={send.isPending} onClick={run}><RotateCcw aria-hidden /> {t("sendAll", { count: ids.length })}</Button>
      <Refused error={send.error} />
    </div>
  );
}

/** A message that did not leave: why, and what a second sending would do. */
export function UnsentDetail({ message, onClose }: { message: Unsent; onClose: () => void }) {
  const t = useTranslations("works.letters");
  const { full } = useClock();
  const send = useSendAgain();
  const dismiss = useDismissUnsent();
  const ids = { message_ids: [message.id] };
  const run = () => send.mutate({ body: ids }, {
    onSuccess: ({ changed }) => { onClose(); toast.success(t("sent", { count: changed.length })); },
  });
  return (
    <>
      <DetailHead title={message.boutique} below={message.provider} onClose={onClose} />
      <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4 wide:p-6">
        <p className="text-soft">{t("failedAt", { at: full(message.failed_at) })}, {t("tries", { count: Math.max(1, message.attempts) })}</p>
        <Section title={t("words")}><p className="whitespace-pre-line break-words px-4 py-3">{message.body || message.kind}</p></Section>
        <Section title={t("error")}><p className="break-words px-4 py-3 font-mono text-sm">{codeOf(message.error_code, t)}</p></Section>
        <Section title={t("willHappen")}><p className="px-4 py-3">{t("later", { count: message.later })}</p></Section>
        <div className="flex flex-col gap-2">
          <Button busy={send.isPending} onClick={run}>{t("send")}</Button>
          <Refused error={send.error} />
          <Dismiss busy={dismiss.isPending} error={dismiss.error} onGiven={(reason) => dismiss.mutate({ body: { ...ids, reason } }, {
            onSuccess: () => { onClose(); toast.success(t("dismissed")); },
          })} />
        </div>
      </div>
    </>
  );
}
