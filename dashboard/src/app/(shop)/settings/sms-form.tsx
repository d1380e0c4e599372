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
import { SMS_FIELDS } from "./sms-fields";

const SMS = "/boutiques/{boutique_id}/sms-sender";

/** A new sender: it is tried at the provider first, and until then the old one works. */
export function SmsForm(props: { sender: Schemas["SmsSender"]; onDone: () => void; onCancel?: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const { sender } = props;
  const [provider, setProvider] = useState(sender.provider ?? "africastalking");
  const [values, setValues] = useState({
    sender: sender.sender ?? "",
    username: sender.hints.username ?? "",
    account_sid: sender.hints.account_sid ?? "",
    api_key: "",
    auth_token: "",
  });
  const save = api.useMutation("put", SMS, {
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["get", SMS] });
      toast.success(t("settings.sms.saved"));
      props.onDone();
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    const { sender: name, username, api_key, account_sid, auth_token } = values;
    const body = provider === "twilio_sms"
      ? { provider, sender: name, account_sid, auth_token }
      : { provider, sender: name, username, api_key };
    save.mutate({ params: { path }, body });
  }
  const whole = save.error && !(isProblem(save.error) && save.error.errors?.length);
  const { auth_token = "", api_key = "" } = provider === sender.provider ? sender.hints : {};
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-2xl border bg-surface p-4">
      <Segmented label={t("settings.sms.at")} value={provider} onChange={setProvider}
        segments={(["africastalking", "twilio_sms"] as const).map((value) => ({ value, label: t(`settings.sms.providers.${value}`) }))} />
      <SecretFields of="sms" fields={[...SMS_FIELDS[provider]]} values={values} hints={{ auth_token, api_key }} error={save.error} onChange={setValues} />
      {whole && <Notice tone="risk">{isProblem(save.error) ? save.error.detail : t("common.failed")}</Notice>}
      <div className="flex gap-2">
        <Button type="submit" busy={save.isPending}>{t("settings.sms.save")}</Button>
        {props.onCancel && <Button look="quiet" onClick={props.onCancel}>{t("common.cancel")}</Button>}
      </div>
      <p className="text-xs text-soft">{t("settings.sms.sealed")}</p>
    </form>
  );
}
