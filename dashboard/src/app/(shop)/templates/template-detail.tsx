"use client";

import { Copy, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { Sheet } from "@/components/ui/sheet";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { DetailHead } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { Bubble } from "./bubble";
import { Editor } from "./editor";
import { ONE, type Language, type Template, useTemplatesChanged } from "./queries";
import { asTitle, TONES } from "./template-words";

/** One template; of those that every shop has both languages. A draft is open for writing. */
export function TemplateDetail({ items, onClose, onCopy, onMade }: {
  items: Template[];
  onClose: () => void;
  onCopy: (id: string) => void;
  onMade: (id: string) => void;
}) {
  const t = useTranslations("templates");
  const { role } = useBoutique();
  const [language, setLanguage] = useState<Language>(items[0]?.language ?? "en");
  const [rewriting, setRewriting] = useState(false);
  const [typed, setTyped] = useState(false); // what was typed stays, though another tab sent it to review
  const shown = items.find((one) => one.language === language) ?? items[0];
  if (!shown) return null;
  const title = shown.standard ? t(`names.${shown.name}` as "names.order_sent") : asTitle(shown.name);
  const owner = role === "owner";
  if (owner && !shown.standard && (shown.status === "draft" || rewriting || typed)) {
    return (
      <Editor title={title} template={shown} onClose={onClose} onTyped={() => setTyped(true)}
        onMade={(id) => { setRewriting(false); setTyped(false); if (id !== shown.id) onMade(id); }} />
    );
  }
  return (
    <>
      <DetailHead title={title} below={t(`categories.${shown.category}`)} onClose={onClose}
        actions={owner && !shown.standard && <Actions template={shown} onClose={onClose} onCopy={onCopy} />} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 wide:p-6">
          {items.length > 1 && (
            <Segmented label={t("language")} value={shown.language} onChange={setLanguage}
              segments={items.map((one) => ({ value: one.language, label: t(`languages.${one.language}`) }))} />
          )}
          <Standing template={shown} />
          {owner && !shown.standard && shown.status === "rejected" && (
            <div><Button onClick={() => setRewriting(true)}>{t("rewrite")}</Button></div>
          )}
          <Bubble form={shown.form} picture={shown.picture_url ?? null} values={shown.form.examples ?? {}} />
          <p className="px-1 text-xs text-soft">{t("examplesShown")}</p>
        </div>
      </div>
    </>
  );
}

/** How it stands at WhatsApp, and what that means for the shop. */
function Standing({ template }: { template: Template }) {
  const t = useTranslations("templates");
  const { full } = useFormats();
  const said = `reasons.${template.reason}` as never;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={TONES[template.status]}>{t(`status.${template.status}`)}</Badge>
        {template.quality && <Badge tone={template.quality === "green" ? "good" : "risk"}>{t(`quality.${template.quality}`)}</Badge>}
        {template.submitted_at && <span className="text-xs text-soft">{t("submitted", { at: full(template.submitted_at) })}</span>}
      </div>
      {template.status !== "approved" && <p className="text-soft">{t(`means.${template.status}`)}</p>}
      {template.reason && template.status !== "approved" && (
        <Notice tone="risk">{t("said", { reason: t.has(said) ? t(said) : template.reason })}</Notice>
      )}
      {template.next_category && template.category_changes_at && (
        <Notice tone="waits">
          {t("recategorised", { category: t(`categories.${template.next_category}`), at: full(template.category_changes_at) })}
        </Notice>
      )}
    </div>
  );
}

function Actions({ template, onClose, onCopy }: { template: Template; onClose: () => void; onCopy: (id: string) => void }) {
  const t = useTranslations("templates");
  const c = useTranslations("common");
  const path = useBoutiquePath();
  const changed = useTemplatesChanged();
  const [asked, setAsked] = useState(false);
  const remove = api.useMutation("delete", ONE, {
    onSuccess: () => { void changed(); onClose(); },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : c("failed")),
  });
  const id = template.id ?? "";
  return (
    <>
      <Button look="quiet" size="icon" aria-label={t("copy")} title={t("copy")} onClick={() => onCopy(id)}><Copy aria-hidden /></Button>
      <Button look="quiet" size="icon" aria-label={t("remove")} title={t("remove")} onClick={() => setAsked(true)}><Trash2 aria-hidden /></Button>
      <Sheet open={asked} onOpenChange={setAsked} title={t("removeAsk")} close={c("close")}
        footer={
          <>
            <Button look="outline" onClick={() => setAsked(false)}>{t("keep")}</Button>
            <Button look="danger" busy={remove.isPending}
              onClick={() => remove.mutate({ params: { path: { ...path, template_id: id } } })}>{t("remove")}</Button>
          </>
        }>
        <p className="text-soft">{t("removeText")}</p>
      </Sheet>
    </>
  );
}
