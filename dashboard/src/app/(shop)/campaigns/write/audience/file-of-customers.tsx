"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleCheck, Download, FileUp } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";

import { client } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useBoutiquePath } from "@/shell/boutique";

import { LISTS, useAudiencesChanged } from "./queries";

const SAMPLE = "phone,name,consent_date,consent_how,consent_words\n0712345678,Asha,2026-11-02,form in the shop,Yes send me offers on WhatsApp\n";

/** A file of customers with the proof that each agreed; rows without one are told, and left out. */
export function FileOfCustomers({ campaign, onUploaded }: { campaign: string; onUploaded: (listId: string) => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useAudiencesChanged();
  const input = useRef<HTMLInputElement>(null);
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const { data, error } = await client.POST(`${LISTS}/files`, {
        params: { path },
        body: { file: "", name: `${campaign} · ${file.name}`.slice(0, 80) },
        bodySerializer: (body) => {
          const form = new FormData();
          form.set("file", file);
          form.set("name", body.name);
          return form;
        },
      });
      if (!data) throw error;
      return data;
    },
    onSuccess: ({ uploaded_to }) => {
      void changed();
      onUploaded(uploaded_to.id);
    },
  });
  const done = upload.data;
  return (
    <>
      <p className="text-xs text-soft">{t("campaigns.file.text")}</p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" busy={upload.isPending} onClick={() => input.current?.click()}><FileUp aria-hidden /> {t("campaigns.file.choose")}</Button>
        <Button asChild look="outline" size="sm">
          <a href={`data:text/csv;charset=utf-8,${encodeURIComponent(SAMPLE)}`} download="customers.csv"><Download aria-hidden /> {t("campaigns.file.sample")}</a>
        </Button>
        <input ref={input} type="file" accept=".csv,.txt,text/csv" aria-label={t("campaigns.file.choose")} tabIndex={-1} className="sr-only"
          onChange={({ target }) => { const [file] = target.files ?? []; if (file) upload.mutate(file); target.value = ""; }} />
      </div>
      {upload.isError && (
        <Notice tone="risk">{isProblem(upload.error) ? upload.error.errors?.[0]?.remedy ?? upload.error.detail : t("common.failed")}</Notice>
      )}
      {done && (
        <div role="status" className="flex flex-col gap-3">
          <p className="flex items-start gap-2 rounded-xl bg-green-soft p-3 text-green-ink">
            <CircleCheck aria-hidden className="size-5 shrink-0" />
            {t("campaigns.file.done", { count: done.uploaded_to.members, added: done.added })}
          </p>
          {done.refused > 0 && (
            <div className="rounded-xl bg-amber-soft p-3 text-amber">
              <p className="font-medium">{t("campaigns.file.refused", { count: done.refused })}</p>
              <ul className="mt-1.5 max-h-48 overflow-y-auto text-xs" tabIndex={0} aria-label={t("campaigns.file.refused", { count: done.refused })}>
                {done.bad.map((row) => <li key={row.line} className="py-0.5">{t("campaigns.file.row", { line: row.line })}: {row.why}</li>)}
              </ul>
            </div>
          )}
        </div>
      )}
    </>
  );
}
