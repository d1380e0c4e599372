"use client";

import { ImagePlus, LoaderCircle } from "lucide-react";
import { useId, useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { client } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Field, Input } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { useBoutiquePath } from "@/shell/boutique";

import { shrink } from "../pieces/add/shrink";
import { formOf } from "../pieces/add/use-photo";
import { ALL, type Form } from "./queries";

/** The heading: none, words, or a picture, of which WhatsApp's reviewers see an example. */
export function HeaderField({ form, faultOf, onChange, onPicture }: {
  form: Form;
  faultOf: (field: string) => string | undefined;
  onChange: (changes: Partial<Form>) => void;
  onPicture: (path: string, url: string) => void;
}) {
  const t = useTranslations("templates");
  const fault = faultOf("header_picture");
  return (
    <div className="flex flex-col gap-3">
      <p className="-mb-1.5 text-xs font-medium text-soft" aria-hidden>{t("header")}</p>
      <Segmented label={t("header")} value={form.header} onChange={(header) => onChange({ header })}
        segments={(["none", "text", "image"] as const).map((value) => ({ value, label: t(`headers.${value}`) }))} />
      {form.header === "text" && (
        <Field label={t("headerText")} error={faultOf("header_text")}>
          {(wired) => <Input {...wired} value={form.header_text} maxLength={200} onChange={(event) => onChange({ header_text: event.target.value })} />}
        </Field>
      )}
      {form.header === "image" && <Upload fault={fault} onPicture={onPicture} />}
    </div>
  );
}

function Upload({ fault, onPicture }: { fault?: string; onPicture: (path: string, url: string) => void }) {
  const t = useTranslations("templates");
  const c = useTranslations("common");
  const path = useBoutiquePath();
  const id = useId();
  const [busy, setBusy] = useState(false);

  async function send(file: File) {
    setBusy(true);
    try {
      const photo = await shrink(file);
      const { data, error } = await client.POST(`${ALL}/pictures`, {
        params: { path }, body: { picture: "" }, bodySerializer: () => formOf(photo, {}, file.name),
      });
      if (!data) throw error;
      onPicture(data.path, data.url);
    } catch (error) {
      toast.error(isProblem(error) ? (error.errors?.[0]?.remedy ?? error.detail) : c("failed"));
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id}
        className="flex h-12 cursor-pointer items-center justify-center gap-2 rounded-xl border border-line bg-raised font-medium transition-colors duration-150 focus-within:outline-2 focus-within:outline-green hover:bg-paper">
        {busy ? <LoaderCircle aria-hidden className="size-5 animate-spin" /> : <ImagePlus aria-hidden className="size-5" />}
        {t("picture")}
        <input id={id} type="file" accept="image/*" className="sr-only" disabled={busy}
          onChange={(event) => { const file = event.target.files?.[0]; if (file) void send(file); event.target.value = ""; }} />
      </label>
      <p role={fault ? "alert" : undefined} className={fault ? "text-xs text-red" : "text-xs text-soft"}>{fault ?? t("pictureHint")}</p>
    </div>
  );
}
