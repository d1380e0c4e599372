"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { SecretFields } from "./secret-fields";

const CHANNEL = "/boutiques/{boutique_id}/channel";
const FIELDS = {
  twilio: [{ name: "number" }, { name: "account_sid" }, { name: "auth_token", secret: true }],
  meta: [{ name: "phone_number_id", numeric: true }, { name: "access_token", secret: true }, { name: "waba_id", numeric: true, optional: true }],
} as const;
const EMPTY = { number: "", account_sid: "", auth_token: "", phone_number_id: "", access_token: "", waba_id: "" };

/** New credentials: they are tried at the provider first, and until then the old ones work. */
export function ChannelForm(props: { channel: Schemas["Channel"]; onDone: () => void; onCancel?: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const { channel } = props;
  const [provider, setProvider] = useState(channel.provider);
  const [values, setValues] = useState({
    ...EMPTY,
    [channel.provider === "twilio" ? "number" : "phone_number_id"]: channel.account ?? "",
    account_sid: channel.hints.account_sid ?? "",
    waba_id: channel.hints.waba_id ?? "",
  });
  const save = api.useMutation("put", CHANNEL, {
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["get", CHANNEL] });
      toast.success(t("settings.channel.saved"));
      props.onDone();
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    const { number, account_sid, auth_token, phone_number_id, access_token, waba_id } = values;
    const body = provider === "twilio"
      ? { provider, number, account_sid, auth_token }
      : { provider, phone_number_id, access_token, waba_id: waba_id || null };
    save.mutate({ params: { path }, body });
  }
  const whole = save.error && !(isProblem(save.error) && save.error.errors?.length);
  const hints = provider === channel.provider ? { auth_token: channel.hints.auth_token ?? "", access_token: channel.hints.access_token ?? "" } : ({} as Record<string, string>);
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-2xl border bg-surface p-4">
      <Segmented label={t("settings.channel.at")} value={provider} onChange={setProvider}
        segments={(["twilio", "meta"] as const).map((value) => ({ value, label: t(`settings.channel.providers.${value}`) }))} />
      <SecretFields of="channel" fields={[...FIELDS[provider]]} values={values} hints={hints} error={save.error} onChange={setValues} />
      {whole && <Notice tone="risk">{isProblem(save.error) ? save.error.detail : t("common.failed")}</Notice>}
      <div className="flex gap-2">
        <Button type="submit" busy={save.isPending}>{t("settings.channel.save")}</Button>
        {props.onCancel && <Button look="quiet" onClick={props.onCancel}>{t("common.cancel")}</Button>}
      </div>
      <p className="text-xs text-soft">{t("settings.channel.sealed")}</p>
    </form>
  );
}
