"use client";

import { useQueryClient } from "@tanstack/react-query";
import { RefreshCw, Send } from "lucide-react";
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

import { ChannelForm } from "./channel-form";
import { Facts } from "./facts";
import { PartPage } from "./part-form";
import { useChannel } from "./queries";

const CHANNEL = "/boutiques/{boutique_id}/channel";

/** The shop's WhatsApp number: whether it works, what to paste at its provider, its credentials. */
export function ChannelPart({ onClose }: { onClose: () => void }) {
  const t = useTranslations("settings");
  const { data } = useChannel();
  return (
    <PartPage title={t("channel.title")} text={t("channel.text")} onClose={onClose}>
      {!data ? <SkeletonRows count={3} /> : <Channel key={data.provider} channel={data} />}
    </PartPage>
  );
}

function Channel({ channel }: { channel: Schemas["Channel"] }) {
  const t = useTranslations("settings");
  const { full } = useFormats();
  const [changing, setChanging] = useState(channel.account === null);
  const webhook = channel.webhooks[channel.provider];
  const problem = `channel.problems.${channel.problem}` as never;
  return (
    <>
      {channel.account && (
        <>
          {channel.problem && (
            <Notice tone="risk">{t.has(problem) ? t(problem) : t("channel.problems.other")}</Notice>
          )}
          <Section title={t("channel.now")}
            aside={channel.problem ? <Badge tone="risk">{t("channel.broken")}</Badge>
              : channel.last_message_at || channel.checked_at ? <Badge tone="good">{t("channel.works")}</Badge>
              : <Badge tone="waits">{t("channel.untried")}</Badge>}>
            <Facts rows={[
              [t("channel.at"), t(`channel.providers.${channel.provider}`)],
              [t(`channel.fields.${channel.provider === "twilio" ? "number" : "phone_number_id"}`), channel.account],
              [t("channel.lastMessage"), channel.last_message_at ? full(channel.last_message_at) : t("channel.noMessage")],
              [t("channel.checked"), channel.checked_at ? full(channel.checked_at) : t("never")],
            ]} />
          </Section>
          <Actions />
        </>
      )}
      {webhook && (
        <Section title={t(`channel.paste.${channel.provider}`)}>
          <div className="flex flex-col gap-4 p-4">
            <Copyable label={t("channel.webhook")} text={webhook.url} />
            {webhook.verify_token && <Copyable label={t("channel.verifyToken")} text={webhook.verify_token} />}
          </div>
        </Section>
      )}
      {changing
        ? <ChannelForm channel={channel} onDone={() => setChanging(false)} onCancel={channel.account ? () => setChanging(false) : undefined} />
        : <Button look="outline" className="self-start" onClick={() => setChanging(true)}>{t("channel.change")}</Button>}
    </>
  );
}

function Actions() {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const [sent, setSent] = useState<string | null>(null);
  const failed = (error: unknown) => void toast.error(isProblem(error) ? error.detail : common("failed"));
  const check = api.useMutation("post", `${CHANNEL}/checks`, {
    onSuccess: () => queries.invalidateQueries({ queryKey: ["get", CHANNEL] }),
    onError: failed,
  });
  const send = api.useMutation("post", `${CHANNEL}/test-messages`, { onSuccess: (message) => setSent(message.id), onError: failed });
  const note = api.useQuery("get", `${CHANNEL}/test-messages/{message_id}`,
    { params: { path: { ...path, message_id: sent ?? "" } } },
    { enabled: sent !== null, refetchInterval: 2_000 }).data;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <Button size="sm" look="outline" busy={send.isPending} onClick={() => send.mutate({ params: { path } })}>
          <Send aria-hidden /> {t("channel.test")}
        </Button>
        <Button size="sm" look="quiet" busy={check.isPending} onClick={() => check.mutate({ params: { path } })}>
          <RefreshCw aria-hidden /> {t("channel.check")}
        </Button>
      </div>
      {sent && (
        <p role="status" className="px-1 text-xs text-soft">
          {note?.status === "failed" ? t("channel.testFailed", { code: note.error_code ?? "" })
            : note && ["sent", "delivered", "read"].includes(note.status) ? t("channel.testSent")
            : t("channel.testWaits")}
        </p>
      )}
    </div>
  );
}
