"use client";

import { useTranslations } from "use-intl";

import { Switch } from "@/components/ui/switch";

import type { Content } from "../queries";
import { TextWithVariables } from "./text-with-variables";
import type { VariableName } from "./variables";

/** Its own words where it goes as SMS; without them they are made of the text above. */
export function SmsField(props: {
  content: Content;
  language: "en" | "sw";
  variables: VariableName[];
  error?: string;
  onChange: (sms: Content["sms"]) => void;
}) {
  const t = useTranslations("automations.write");
  const { sms, text } = props.content;
  const own = sms !== null && sms !== undefined;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{t("ownSms")}</span>
          <span className="block text-xs text-soft">{t("ownSmsText")}</span>
        </span>
        <Switch label={t("ownSms")} checked={own} onChange={(on) => props.onChange(on ? { ...text } : null)} />
      </div>
      {own && (
        <TextWithVariables label={t("smsText")} value={sms[props.language] ?? ""} variables={props.variables.filter((one) => one !== "image")} most={1000} error={props.error}
          onChange={(said) => props.onChange({ ...sms, [props.language]: said })} />
      )}
    </div>
  );
}
