"use client";

import { useTranslations } from "use-intl";

import { Skeleton } from "@/components/ui/skeleton";
import { DetailHead } from "@/shell/detail";
import { useLanguage } from "@/i18n";

import { Editor } from "./editor";
import { useStart, useTemplates } from "./queries";

/** A new template: a copy of the shop's own, or begun as the message of a campaign. */
export function NewTemplate({ copied, onClose, onMade }: {
  copied: string | null;
  onClose: () => void;
  onMade: (id: string) => void;
}) {
  const t = useTranslations("templates");
  const { language } = useLanguage();
  const items = useTemplates().data?.items;
  const original = items?.find((one) => one.id !== null && one.id === copied);
  const start = useStart(language, items !== undefined && !original).data;
  const taken = (name: string) => items?.some((one) => one.name === name && one.language === language) ?? false;
  if (original) {
    const copy = { ...original, id: null, name: `${original.name}_2`, status: "draft" as const };
    return <Editor title={t("new")} template={copy} onClose={onClose} onMade={onMade} />;
  }
  if (!start) {
    return (
      <>
        <DetailHead title={t("new")} onClose={onClose} />
        <div aria-busy="true" className="space-y-4 p-4"><Skeleton className="h-60 rounded-2xl" /><Skeleton className="h-12 rounded-xl" /></div>
      </>
    );
  }
  const template = {
    ...start, id: null, language, standard: false, status: "draft" as const,
    name: taken(start.name) ? "" : start.name,
  };
  return <Editor title={t("new")} template={template} onClose={onClose} onMade={onMade} />;
}
