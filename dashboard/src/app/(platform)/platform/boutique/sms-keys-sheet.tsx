"use client";

import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { isProblem } from "@/api/problem";
import { SecretFields } from "@/app/(shop)/settings/secret-fields";
import { SMS_FIELDS } from "@/app/(shop)/settings/sms-fields";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";

import { KEYS, useAnew } from "./queries";

const FORM = "sms-keys";
type Provider = keyof typeof SMS_FIELDS;
type Props = { boutiqueId: string; keys: Schemas["KeysShown"][]; open: boolean; onOpenChange: (open: boolean) => void };

/** New keys of a sender of SMS: tried at the provider first, and until then the old ones work. */
export function SmsKeysSheet(props: Props) {
  const t = useTranslations();
  const used = props.keys.find((one): one is typeof one & { provider: Provider } => one.provider in SMS_FIELDS && one.active);
  const [provider, setProvider] = useState<Provider>(used?.provider ?? "africastalking");
  const [values, setValues] = useState({
    sender: used?.account ?? "", username: used?.hints.username ?? "", account_sid: used?.hints.account_sid ?? "",
    api_key: "", auth_token: "",
  });
  const anew = useAnew();
  const save = api.useMutation("put", `${KEYS}/sms`, {
    onSuccess: async () => {
      await anew();
      toast.success(t("platformShops.keys.saved"));
      setValues((before) => ({ ...before, api_key: "", auth_token: "" }));
      props.onOpenChange(false);
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    const { sender, username, api_key, account_sid, auth_token } = values;
    save.mutate({
      params: { path: { boutique_id: props.boutiqueId } },
      body: provider === "twilio_sms" ? { provider, sender, account_sid, auth_token } : { provider, sender, username, api_key },
    });
  }
  const whole = save.error && !(isProblem(save.error) && save.error.errors?.length);
  const { auth_token = "", api_key = "" } = used?.provider === provider ? used.hints : {};
  return (
    <Sheet open={props.open} onOpenChange={props.onOpenChange} title={t("platformShops.keys.formSms")} close={t("common.close")}
      footer={<Button type="submit" form={FORM} busy={save.isPending}>{t("settings.sms.save")}</Button>}>
      <form id={FORM} onSubmit={submit} className="flex flex-col gap-4">
        <Segmented label={t("settings.sms.at")} value={provider} onChange={setProvider}
          segments={(["africastalking", "twilio_sms"] as const).map((value) => ({ value, label: t(`settings.sms.providers.${value}`) }))} />
        <SecretFields of="sms" fields={[...SMS_FIELDS[provider]]} values={values} hints={{ auth_token, api_key }} error={save.error} onChange={setValues} />
        {whole && <Notice tone="risk">{isProblem(save.error) ? save.error.detail : t("common.failed")}</Notice>}
        <p className="text-xs text-soft">{t("settings.sms.sealed")}</p>
      </form>
    </Sheet>
  );
}
