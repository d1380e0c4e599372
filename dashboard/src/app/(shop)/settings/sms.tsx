"use client";

import { useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Copyable } from "@/components/copyable";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { Facts } from "./facts";
import { PartPage } from "./part-form";
import { useSmsSender } from "./queries";
import { SmsForm } from "./sms-form";

const SMS = "/boutiques/{boutique_id}/sms-sender";

/** Who sends the shop's SMS: whether it works, what to paste at its provider, its credentials. */
export function SmsPart({ onClose }: { onClose: () => void }) {
  const t = useTranslations("settings");
  const { data, error } = useSmsSender();
  return (
    <PartPage title={t("sms.title")} text={t("sms.text")} onClose={onClose}>
      {data ? <Sender key={data.provider ?? "none"} sender={data} />
        : error ? <Notice tone="risk">{isProblem(error) ? error.detail : t("sms.problems.other")}</Notice>
        : <SkeletonRows count={3} />}
    </PartPage>
  );
}

function Sender({ sender }: { sender: Schemas["SmsSender"] }) {
  const t = useTranslations("settings");
  const [changing, setChanging] = useState(false);
  if (sender.provider === null) {
    return (
      <>
        <p className="rounded-2xl border bg-surface p-4 text-soft">{t("sms.none")}</p>
        <SmsForm sender={sender} onDone={() => setChanging(false)} />
      </>
    );
  }
  return (
    <>
      <Now sender={sender} provider={sender.provider} />
      {sender.webhook_url && (
        <Section title={t(`sms.paste.${sender.provider}`)}>
          <div className="p-4"><Copyable label={t("sms.webhook")} text={sender.webhook_url} /></div>
        </Section>
      )}
      {changing
        ? <SmsForm sender={sender} onDone={() => setChanging(false)} onCancel={() => setChanging(false)} />
        : <Button look="outline" className="self-start" onClick={() => setChanging(true)}>{t("sms.change")}</Button>}
    </>
  );
}

function Now({ sender, provider }: { sender: Schemas["SmsSender"]; provider: "twilio_sms" | "africastalking" }) {
  const t = useTranslations("settings");
  const { full } = useFormats();
  const problem = `sms.problems.${sender.problem}` as never;
  return (
    <>
      {sender.problem && <Notice tone="risk">{t.has(problem) ? t(problem) : t("sms.problems.other")}</Notice>}
      <Section title={t("sms.now")}
        aside={sender.problem ? <Badge tone="risk">{t("sms.broken")}</Badge>
          : sender.checked_at ? <Badge tone="good">{t("sms.works")}</Badge>
          : <Badge tone="waits">{t("sms.untried")}</Badge>}>
        <Facts rows={[
          [t("sms.at"), t(`sms.providers.${provider}`)],
          [t("sms.fields.sender"), sender.sender ?? ""],
          [t("sms.stops"), sender.can_be_answered ? t("sms.byReply") : t("sms.byLink")],
          [t("sms.checked"), sender.checked_at ? full(sender.checked_at) : t("never")],
        ]} />
      </Section>
      <Actions />
    </>
  );
}

function Actions() {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const options = {
    onSuccess: () => queries.invalidateQueries({ queryKey: ["get", SMS] }),
    onError: (error: unknown) => void toast.error(isProblem(error) ? error.detail : common("failed")),
  };
  const check = api.useMutation("post", `${SMS}/checks`, options);
  const off = api.useMutation("delete", SMS, options);
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" look="outline" busy={check.isPending} onClick={() => check.mutate({ params: { path } })}>
        <RefreshCw aria-hidden /> {t("sms.check")}
      </Button>
      {sure
        ? <Button size="sm" look="danger" busy={off.isPending} onClick={() => off.mutate({ params: { path } })}>{t("sms.offSure")}</Button>
        : <Button size="sm" look="quiet" onClick={() => setSure(true)}>{t("sms.off")}</Button>}
    </div>
  );
}
