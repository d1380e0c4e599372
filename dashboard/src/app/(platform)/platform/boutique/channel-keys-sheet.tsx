"use client";

import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { isProblem } from "@/api/problem";
import { SecretFields } from "@/app/(shop)/settings/secret-fields";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";

import { KEYS, useAnew } from "./queries";

const FORM = "channel-keys";
const FIELDS = {
  twilio: [{ name: "number" }, { name: "account_sid" }, { name: "auth_token", secret: true }],
  meta: [{ name: "phone_number_id", numeric: true }, { name: "access_token", secret: true }, { name: "waba_id", numeric: true, optional: true }],
} as const;
type Props = { boutique: Schemas["PlatformBoutiquePage"]; keys: Schemas["KeysShown"][]; open: boolean; onOpenChange: (open: boolean) => void };

/** New keys of a WhatsApp number: tried at the provider first, and until then the old ones work. */
export function ChannelKeysSheet(props: Props) {
  const t = useTranslations();
  const { boutique } = props;
  const [provider, setProvider] = useState(boutique.whatsapp_provider);
  const own = (name: typeof provider) => props.keys.find((one) => one.provider === name && !one.shared);
  const [values, setValues] = useState({
    number: own("twilio")?.account ?? "", account_sid: own("twilio")?.hints.account_sid ?? "", auth_token: "",
    phone_number_id: own("meta")?.account ?? "", access_token: "", waba_id: own("meta")?.hints.waba_id ?? "",
  });
  const anew = useAnew();
  const save = api.useMutation("put", `${KEYS}/channel`, {
    onSuccess: async () => {
      await anew();
      toast.success(t("platformShops.keys.saved"));
      setValues((before) => ({ ...before, auth_token: "", access_token: "" }));
      props.onOpenChange(false);
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    const { number, account_sid, auth_token, phone_number_id, access_token, waba_id } = values;
    save.mutate({
      params: { path: { boutique_id: boutique.id } },
      body: provider === "twilio"
        ? { provider, number, account_sid, auth_token }
        : { provider, phone_number_id, access_token, waba_id: waba_id || null },
    });
  }
  const whole = save.error && !(isProblem(save.error) && save.error.errors?.length);
  const { auth_token = "", access_token = "" } = own(provider)?.hints ?? {};
  return (
    <Sheet open={props.open} onOpenChange={props.onOpenChange} title={t("platformShops.keys.formChannel")} close={t("common.close")}
      footer={<Button type="submit" form={FORM} busy={save.isPending}>{t("settings.channel.save")}</Button>}>
      <form id={FORM} onSubmit={submit} className="flex flex-col gap-4">
        <Segmented label={t("settings.channel.at")} value={provider} onChange={setProvider}
          segments={(["twilio", "meta"] as const).map((value) => ({ value, label: t(`settings.channel.providers.${value}`) }))} />
        <SecretFields of="channel" fields={[...FIELDS[provider]]} values={values} hints={{ auth_token, access_token }} error={save.error} onChange={setValues} />
        {whole && <Notice tone="risk">{isProblem(save.error) ? save.error.detail : t("common.failed")}</Notice>}
        <p className="text-xs text-soft">{t("settings.channel.sealed")}</p>
      </form>
    </Sheet>
  );
}
