"use client";

import { useTranslations } from "use-intl";

import { Field, Input } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { LANGUAGES } from "@/i18n";

import { useTemplates } from "../../campaigns/write/use-templates";
import { MessagePreview } from "../preview/message-preview";
import type { Content, Trigger, Written } from "../queries";
import { SmsField } from "./sms-field";
import { TextWithVariables } from "./text-with-variables";
import { variablesFor } from "./variables";

const CTAS = ["checkout", "product", "shop", "reply"] as const;
type CtaKind = (typeof CTAS)[number];
type Language = keyof typeof LANGUAGES;
type Props = {
  content: Content;
  trigger: Trigger;
  channels: Written["channels"];
  language: Language;
  onLanguage: (language: Language) => void;
  onChange: (content: Content) => void;
  remedy: (field: string) => string | undefined;
};

/** What a message says in each language, its button, its picture, and its template outside of 24 hours. */
export function MessageFields(props: Props) {
  const t = useTranslations("automations.write");
  const { content, language, remedy, onChange } = props;
  const change = (part: Partial<Content>) => onChange({ ...content, ...part });
  return (
    <div className="grid grid-cols-1 gap-5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <Segmented label={t("language")} value={language} onChange={props.onLanguage}
          segments={(Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, label: LANGUAGES[value] }))} />
        <TextWithVariables label={t("text")} value={content.text[language] ?? ""} variables={variablesFor(props.trigger)} most={1000}
          error={remedy(`text.${language}`) ?? remedy("text")} onChange={(text) => change({ text: { ...content.text, [language]: text } })} />
        {props.channels !== "whatsapp" && (
          <SmsField content={content} language={language} variables={variablesFor(props.trigger)} error={remedy(`sms.${language}`)} onChange={(sms) => change({ sms })} />
        )}
        <CtaFields content={content} language={language} onChange={(cta) => change({ cta })} error={remedy(`cta.label.${language}`)} />
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <Field label={t("image")}>
            {(wired) => (
              <Select {...wired} value={content.image} onChange={(event) => change({ image: event.target.value as Content["image"] })}>
                {(["product", "pieces", "none"] as const).map((one) => <option key={one} value={one}>{t(`images.${one}`)}</option>)}
              </Select>
            )}
          </Field>
          <Field label={t("piece")}>
            {(wired) => (
              <Select {...wired} value={content.product} onChange={(event) => change({ product: event.target.value as Content["product"] })}>
                {(["of_event", "best_match"] as const).map((one) => <option key={one} value={one}>{t(`pieces.${one}`)}</option>)}
              </Select>
            )}
          </Field>
        </div>
        {props.channels !== "sms" && <TemplateField name={content.template ?? null} error={remedy("template")} onChange={(template) => change({ template })} />}
      </div>
      <MessagePreview content={content} trigger={props.trigger} language={language} />
    </div>
  );
}

function CtaFields(props: { content: Content; language: Language; error?: string; onChange: (cta: Content["cta"]) => void }) {
  const t = useTranslations("automations.write");
  const { cta } = props.content;
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <Field label={t("cta")}>
        {(wired) => (
          <Select {...wired} value={cta?.kind ?? ""} onChange={(event) => props.onChange(event.target.value ? { kind: event.target.value as CtaKind, label: cta?.label ?? {} } : null)}>
            {CTAS.map((one) => <option key={one} value={one}>{t(`ctas.${one}`)}</option>)}
            <option value="">{t("ctas.none")}</option>
          </Select>
        )}
      </Field>
      {cta && (
        <Field label={t("ctaLabel")} hint={t("ctaLabelHint")} error={props.error}>
          {(wired) => (
            <Input {...wired} maxLength={20} value={cta.label[props.language] ?? ""} placeholder={t(`ctaUsual.${cta.kind}`)}
              onChange={(event) => props.onChange({ ...cta, label: { ...cta.label, [props.language]: event.target.value } })} />
          )}
        </Field>
      )}
    </div>
  );
}

function TemplateField(props: { name: string | null; error?: string; onChange: (name: string | null) => void }) {
  const t = useTranslations("automations.write");
  const { groups } = useTemplates();
  const known = groups?.map((group) => group.name) ?? [];
  const names = props.name && !known.includes(props.name) ? [props.name, ...known] : known;
  return (
    <Field label={t("template")} hint={t("templateHint")} error={props.error}>
      {(wired) => (
        <Select {...wired} value={props.name ?? ""} onChange={(event) => props.onChange(event.target.value || null)}>
          <option value="">{t("noTemplate")}</option>
          {names.map((one) => <option key={one} value={one}>{one.replaceAll("_", " ")}</option>)}
        </Select>
      )}
    </Field>
  );
}
