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

import { type SecretField, SecretFields } from "./secret-fields";

const MPESA = "/boutiques/{boutique_id}/mpesa";
type Name = "shortcode" | "till" | "paybill" | "consumer_key" | "consumer_secret" | "passkey" | "paylink_key" | "paylink_project";
const DARAJA: SecretField<Name>[] = [
  { name: "shortcode", numeric: true }, { name: "till", numeric: true, optional: true },
  { name: "consumer_key", secret: true }, { name: "consumer_secret", secret: true }, { name: "passkey", secret: true },
];
const FIELDS: Record<Schemas["Mpesa"]["provider"], SecretField<Name>[]> = {
  daraja: DARAJA,
  paylink: [...DARAJA, { name: "paylink_key", secret: true }, { name: "paylink_project" }],
  manual: [{ name: "till", numeric: true, optional: true }, { name: "paybill", numeric: true, optional: true }],
};

/** Another way to be paid: prompts are tried at Daraja first, and until then the old way works. */
export function MpesaForm(props: { mpesa: Schemas["Mpesa"]; onDone: () => void; onCancel?: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const queries = useQueryClient();
  const { mpesa } = props;
  const [way, setWay] = useState(mpesa.provider);
  const [values, setValues] = useState<Record<Name, string>>({
    shortcode: mpesa.shortcode ?? "", till: mpesa.till ?? "", paybill: mpesa.paybill ?? "",
    consumer_key: "", consumer_secret: "", passkey: "", paylink_key: "", paylink_project: mpesa.hints.project ?? "",
  });
  const save = api.useMutation("put", MPESA, {
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["get", MPESA] });
      toast.success(t(way === "manual" ? "settings.saved" : "settings.mpesa.saved"));
      props.onDone();
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    const { shortcode, till, paybill, consumer_key, consumer_secret, passkey, paylink_key, paylink_project } = values;
    const body = way === "manual"
      ? { kind: "by_hand" as const, till: till || null, paybill: till ? null : paybill || null }
      : {
          kind: "prompts" as const, shortcode, till: till || null, consumer_key, consumer_secret, passkey,
          ...(way === "paylink" && { paylink_key, paylink_project }),
        };
    save.mutate({ params: { path }, body });
  }
  const known = new Set(FIELDS[way].map((field) => field.name as string));
  const named = isProblem(save.error) && save.error.errors?.some((one) => known.has(one.field.split(".").at(-1) ?? ""));
  const { api_key: paylink_key, ...hints } = mpesa.hints;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-2xl border bg-surface p-4">
      <Segmented label={t("settings.mpesa.way")} value={way} onChange={setWay}
        segments={(["daraja", "paylink", "manual"] as const).map((value) => ({ value, label: t(`settings.mpesa.ways.${value}`) }))} />
      <SecretFields of="mpesa" fields={FIELDS[way]} values={values} error={save.error} onChange={setValues}
        hints={way === "manual" ? {} : { consumer_key: hints.consumer_key ?? "", consumer_secret: hints.consumer_secret ?? "", passkey: hints.passkey ?? "", paylink_key: paylink_key ?? "" }} />
      {save.error && !named && <Notice tone="risk">{isProblem(save.error) ? save.error.detail : t("common.failed")}</Notice>}
      <div className="flex gap-2">
        <Button type="submit" busy={save.isPending}>{t(way === "manual" ? "common.save" : "settings.channel.save")}</Button>
        {props.onCancel && <Button look="quiet" onClick={props.onCancel}>{t("common.cancel")}</Button>}
      </div>
      {way !== "manual" && <p className="text-xs text-soft">{t("settings.channel.sealed")}</p>}
    </form>
  );
}
