"use client";

import { LayoutTemplate } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { useBoutique } from "@/shell/boutique";

import type { Written } from "../queries";
import { ChoiceCard } from "./choice-card";
import { AUTOMATIC, isApproved, type TemplateGroup, useTemplates, variablesOf } from "./use-templates";
import type { Writing } from "./use-writing";
import { WhatsApp } from "./whatsapp";

const LANGUAGES = ["customer", "en", "sw"] as const;

/** Which approved message carries it, in which language, and what its variables say. */
export function MessageStep({ writing, written }: { writing: Writing; written: Written }) {
  const t = useTranslations("campaigns.write.message");
  const { groups, failed } = useTemplates();
  const { message } = written;
  const change = (part: Partial<Written["message"]>) => writing.change({ message: { ...message, ...part } });
  if (failed) return <Notice tone="waits">{t("failed")}</Notice>;
  if (!groups) return <Skeleton className="h-72 rounded-2xl" />;
  if (groups.length === 0) return <><Notice tone="waits">{t("none")}</Notice><ToTemplates /></>;
  return (
    <>
      <fieldset className="flex flex-col gap-3">
        <legend className="sr-only">{t("title")}</legend>
        {groups.map((group) => (
          <ChoiceCard key={group.name} group="template" chosen={group.name === message.template}
            onChoose={() => change({ template: group.name, variables: {} })}
            icon={<LayoutTemplate aria-hidden />} name={t.has(`known.${group.name}` as never) ? t(`known.${group.name}` as never) : group.name.replaceAll("_", " ")}
            text={statusText(t, group)}>
            <Segmented label={t("language")} value={message.language} onChange={(language) => change({ language })}
              segments={LANGUAGES.map((value) => ({ value, label: t(`languages.${value}`) }))} />
            <Shown group={group} message={message} />
            <Variables group={group} message={message} onChange={(variables) => change({ variables })} remedy={writing.remedy} />
          </ChoiceCard>
        ))}
      </fieldset>
      <ToTemplates />
    </>
  );
}

type Words = ReturnType<typeof useTranslations<"campaigns.write.message">>;

function statusText(t: Words, group: TemplateGroup): string {
  if (!isApproved(group)) return t("notApproved");
  const languages = (["en", "sw"] as const).filter((one) => group.byLanguage[one]?.status === "approved");
  return t("approvedIn", { languages: languages.map((one) => t(`languages.${one}`)).join(", ") });
}

function ToTemplates() {
  const t = useTranslations("campaigns.write.message");
  return <div><Button asChild look="outline" size="sm"><Link href="/templates">{t("manage")}</Link></Button></div>;
}

function Shown({ group, message }: { group: TemplateGroup; message: Written["message"] }) {
  const t = useTranslations("campaigns.write.message");
  const { name } = useBoutique();
  const language = message.language === "customer" ? "en" : message.language;
  const template = group.byLanguage[language] ?? group.first;
  const values = { ...template.form.examples, boutique_name: name, ...message.variables };
  return (
    <>
      {template.quality === "red" && <Badge tone="risk">{t("badQuality")}</Badge>}
      <WhatsApp form={template.form} values={values} picture={template.picture_url} label={t("preview")} />
    </>
  );
}

/** What a variable has by itself may be said otherwise; what has nothing must be said. */
function Variables(props: {
  group: TemplateGroup;
  message: Written["message"];
  onChange: (variables: Record<string, string>) => void;
  remedy: Writing["remedy"];
}) {
  const t = useTranslations("campaigns.write.message");
  const names = variablesOf(props.group.first.form.body);
  const { variables } = props.message;
  const set = (name: string, value: string) => {
    const rest = Object.fromEntries(Object.entries(variables).filter(([other]) => other !== name));
    props.onChange(value ? { ...rest, [name]: value } : rest);
  };
  if (names.length === 0) return null;
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      {names.some((name) => AUTOMATIC.includes(name)) && <p className="text-xs text-soft sm:col-span-2">{t("automatic")}</p>}
      {names.map((name) => {
        const automatic = AUTOMATIC.includes(name);
        return (
          <Field key={name} label={t.has(`variable.${name}` as never) ? t(`variable.${name}` as never) : name}
            hint={automatic ? undefined : t("needed")} error={props.remedy(name)}>
            {(wired) => (
              <Input {...wired} maxLength={300} value={variables[name] ?? ""} placeholder={automatic ? t("byItself") : undefined}
                onChange={(event) => set(name, event.target.value)} />
            )}
          </Field>
        );
      })}
    </div>
  );
}
