"use client";

import { Send } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Field, Input, Textarea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { DetailHead, Section } from "@/shell/detail";

import { BodyField } from "./body-field";
import { Bubble } from "./bubble";
import { ButtonsField } from "./buttons-field";
import { HeaderField } from "./header-field";
import { type Draft, type Form, type Language, type Template, usePreview } from "./queries";
import { asName } from "./template-words";
import { useEditor } from "./use-editor";

type Given = Pick<Template, "id" | "name" | "language" | "category" | "status" | "form" | "picture_url" | "etag">;

const draftOf = (template: Given): Draft => ({
  name: template.name, language: template.language, form: template.form,
  category: template.category === "marketing" ? "marketing" : "utility",
});

/** Writes a template beside the message that it becomes, with what WhatsApp would reject. */
export function Editor({ title, template, onClose, onMade, onTyped }: {
  title: string;
  template: Given;
  onClose: () => void;
  onMade: (id: string) => void;
  onTyped?: () => void;
}) {
  const t = useTranslations("templates");
  const [draft, setDraft] = useState<Draft>(draftOf(template));
  const [picture, setPicture] = useState(template.picture_url ?? null);
  const preview = usePreview(draft).data;
  const editor = useEditor(template, onMade);
  const problems = preview?.problems ?? [];
  const faultOf = (field: string) => {
    if (!editor.tried) return undefined;
    const fault = problems.find((one) => one.field === field);
    return fault && (t.has(`problems.${fault.code}` as never) ? t(`problems.${fault.code}` as never) : fault.remedy);
  };
  const put = (changes: Partial<Draft>) => { onTyped?.(); setDraft({ ...draft, ...changes }); };
  const takeTheirs = () => { setDraft(draftOf(template)); setPicture(template.picture_url ?? null); editor.takeTheirs(); };
  const shape = (changes: Partial<Form>) => put({ form: { ...draft.form, ...changes } });
  const { form } = draft;
  const isRejected = template.status === "rejected";
  return (
    <>
      <DetailHead title={title} below={template.id ? t(`status.${template.status}`) : undefined} onClose={onClose} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 wide:p-6 min-[88rem]:max-w-240 min-[88rem]:flex-row-reverse min-[88rem]:items-start">
          <div className="flex flex-col gap-2 min-[88rem]:sticky min-[88rem]:top-6 min-[88rem]:w-84">
            <Bubble form={form} picture={picture} values={{ ...form.examples, ...preview?.values }} />
            <p className="px-1 text-xs text-soft">
              {preview?.customer_name ? t("asRead", { name: preview.customer_name }) : t("examplesShown")}
            </p>
          </div>
          <form id="template" onSubmit={(event) => event.preventDefault()} className="flex min-w-0 flex-1 flex-col gap-5">
            {editor.tried && problems.length > 0 && <Notice tone="risk">{t("mend", { count: problems.length })}</Notice>}
            {editor.refused && !editor.closed && <Notice tone="risk">{editor.refused}</Notice>}
            {editor.stale && !editor.closed && (
              <Meanwhile text={t("changed")}>
                <Button look="outline" size="sm" onClick={() => editor.keepMine(draft)}>{t("keepMine")}</Button>
                <Button look="outline" size="sm" onClick={takeTheirs}>{t("takeTheirs")}</Button>
              </Meanwhile>
            )}
            {editor.closed && (
              <Meanwhile text={t("gone")}>
                <Button look="outline" size="sm" busy={editor.saving} onClick={() => editor.saveCopy(draft)}>{t("keepCopy")}</Button>
              </Meanwhile>
            )}
            <Field label={t("name")} hint={t("nameHint")} error={faultOf("name") ?? editor.nameFault}>
              {(wired) => <Input {...wired} value={draft.name} maxLength={512} disabled={isRejected} autoCapitalize="none" autoComplete="off"
                onChange={(event) => put({ name: asName(event.target.value) })} />}
            </Field>
            <div className="grid grid-cols-2 gap-3">
              <Field label={t("language")}>
                {(wired) => (
                  <Select {...wired} value={draft.language} disabled={isRejected} onChange={(event) => put({ language: event.target.value as Language })}>
                    <option value="en">{t("languages.en")}</option>
                    <option value="sw">{t("languages.sw")}</option>
                  </Select>
                )}
              </Field>
              <Field label={t("category")}>
                {(wired) => (
                  <Select {...wired} value={draft.category} onChange={(event) => put({ category: event.target.value as Draft["category"] })}>
                    <option value="marketing">{t("categories.marketing")}</option>
                    <option value="utility">{t("categories.utility")}</option>
                  </Select>
                )}
              </Field>
            </div>
            <p className="-mt-3 px-1 text-xs text-soft">{t(`categoryHint.${draft.category}`)}</p>
            <HeaderField form={form} faultOf={faultOf} onChange={shape}
              onPicture={(path, url) => { shape({ header_picture: path }); setPicture(url); }} />
            <BodyField form={form} faultOf={faultOf} onChange={shape} />
            <Field label={t("footer")} hint={t("footerHint")} error={faultOf("footer")}>
              {(wired) => <Textarea {...wired} rows={1} className="min-h-12" value={form.footer} maxLength={200}
                onChange={(event) => shape({ footer: event.target.value.replaceAll("\n", " ") })} />}
            </Field>
            <Section title={t("buttons")}>
              <ButtonsField buttons={form.buttons} faultOf={faultOf} onChange={(buttons) => shape({ buttons })} />
            </Section>
          </form>
        </div>
      </div>
      <footer className="flex shrink-0 gap-2 border-t bg-surface px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3 wide:px-6">
        <Button className="flex-1 wide:flex-none" busy={editor.submitting} disabled={editor.saving || editor.closed || editor.stale}
          onClick={() => editor.submit(draft, problems.length)}><Send aria-hidden /> {t("submit")}</Button>
        <Button look="quiet" busy={editor.saving} disabled={editor.submitting || !draft.name || editor.closed || editor.stale}
          onClick={() => editor.save(draft)}>{t("saveDraft")}</Button>
      </footer>
    </>
  );
}

/** What happened to the draft while it was typed, and the ways on. */
function Meanwhile({ text, children }: { text: string; children: ReactNode }) {
  return (
    <Notice tone="waits">
      <p>{text}</p>
      <div className="mt-3 flex flex-wrap gap-2">{children}</div>
    </Notice>
  );
}
