"use client";

import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { isProblem } from "@/api/problem";
import { type SecretField, SecretFields } from "@/app/(shop)/settings/secret-fields";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";

import { KEYS, useAnew } from "./queries";

const FORM = "mpesa-keys";
type Name = "shortcode" | "till" | "consumer_key" | "consumer_secret" | "passkey" | "paylink_key" | "paylink_project";
const DARAJA: SecretField<Name>[] = [
  { name: "shortcode", numeric: true }, { name: "till", numeric: true, optional: true },
  { name: "consumer_key", secret: true }, { name: "consumer_secret", secret: true }, { name: "passkey", secret: true },
];
const FIELDS: Record<"daraja" | "paylink", SecretField<Name>[]> = {
  daraja: DARAJA,
  paylink: [...DARAJA, { name: "paylink_key", secret: true }, { name: "paylink_project" }],
};
type Props = { boutique: Schemas["PlatformBoutiquePage"]; keys: Schemas["KeysShown"][]; open: boolean; onOpenChange: (open: boolean) => void };

/** New keys of an M-Pesa account: Daraja is asked first, and until then the old ones work. */
export function MpesaKeysSheet(props: Props) {
  const t = useTranslations();
  const { boutique } = props;
  const [way, setWay] = useState<"daraja" | "paylink">(boutique.payment_provider === "paylink" ? "paylink" : "daraja");
  const kept = props.keys.find((one) => one.provider === way) ?? props.keys.find((one) => one.provider === "daraja");
  const [values, setValues] = useState<Record<Name, string>>({
    shortcode: kept?.account ?? "", till: kept?.hints.till ?? "", consumer_key: "", consumer_secret: "", passkey: "",
    paylink_key: "", paylink_project: kept?.hints.project ?? "",
  });
  const anew = useAnew();
  const save = api.useMutation("put", `${KEYS}/mpesa`, {
    onSuccess: async () => {
      await anew();
      toast.success(t("platformShops.keys.saved"));
      setValues((before) => ({ ...before, consumer_key: "", consumer_secret: "", passkey: "", paylink_key: "" }));
      props.onOpenChange(false);
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    const { till, paylink_key, paylink_project, ...daraja } = values;
    save.mutate({
      params: { path: { boutique_id: boutique.id } },
      body: { kind: "prompts", ...daraja, till: till || null, ...(way === "paylink" && { paylink_key, paylink_project }) },
    });
  }
  const whole = save.error && !(isProblem(save.error) && save.error.errors?.length);
  const { api_key = "", consumer_key = "", consumer_secret = "", passkey = "" } = kept?.hints ?? {};
  return (
    <Sheet open={props.open} onOpenChange={props.onOpenChange} title={t("platformShops.keys.formMpesa")} close={t("common.close")}
      footer={<Button type="submit" form={FORM} busy={save.isPending}>{t("settings.channel.save")}</Button>}>
      <form id={FORM} onSubmit={submit} className="flex flex-col gap-4">
        <Segmented label={t("settings.mpesa.way")} value={way} onChange={setWay}
          segments={(["daraja", "paylink"] as const).map((value) => ({ value, label: t(`settings.mpesa.ways.${value}`) }))} />
        <SecretFields of="mpesa" fields={FIELDS[way]} values={values} error={save.error} onChange={setValues}
          hints={{ consumer_key, consumer_secret, passkey, paylink_key: api_key }} />
        {whole && <Notice tone="risk">{isProblem(save.error) ? save.error.detail : t("common.failed")}</Notice>}
        <p className="text-xs text-soft">{t("settings.channel.sealed")}</p>
      </form>
    </Sheet>
  );
}
