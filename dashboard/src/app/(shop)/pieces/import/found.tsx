"use client";

import { CircleCheck, Download, Undo2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useLanguage } from "@/i18n";
import { save } from "@/receipts/file";
import { useBoutique } from "@/shell/boutique";

import type { FrameOf } from "./import-pieces";
import { Lines } from "./lines";
import { fetchRefused, type PieceImport, useNaming, useStep } from "./queries";

/** What a list would do, or has done: line by line, and what is next. */
export function Found({ one, onOther, frame }: { one: PieceImport; onOther: () => void; frame: FrameOf }) {
  const t = useTranslations();
  const starting = useStep(one.id, "starts");
  const naming = useNaming(one.id);
  const tried = one.status === "checked";
  const going = one.new + one.changed;
  const again = () => naming.mutate({ mapping: one.columns.map((column) => column.field), archive_missing: one.archive_missing });
  const failed = starting.error ?? naming.error;
  return frame({
    children: (
      <>
        {one.status === "stopped" && <Notice tone="risk">{t("imports.stopped")}</Notice>}
        {one.status === "imported" && (
          <p role="status" className="flex items-start gap-3 rounded-2xl bg-green-soft p-4 text-green-ink">
            <CircleCheck aria-hidden className="size-5 shrink-0" />
            {going === 0 ? t("imports.doneNothing") : t("imports.done", { added: one.new, changed: one.changed })}
          </p>
        )}
        {one.archived > 0 && <Notice tone="waits">{t(tried ? "imports.archive.would" : "imports.archive.did", { count: one.archived })}</Notice>}
        {failed ? <Notice tone="risk">{isProblem(failed) ? failed.detail : t("common.failed")}</Notice> : null}
        <Pictures one={one} />
        <Lines one={one} download={one.refused > 0 && <DownloadRefused one={one} />} />
      </>
    ),
    footer: tried ? (
      <>
        <Button look="outline" busy={naming.isPending} onClick={again}><Undo2 aria-hidden /> {t("imports.columns.back")}</Button>
        <Button className="flex-1 wide:flex-none" busy={starting.isPending} disabled={going === 0 && one.archived === 0} onClick={() => starting.mutate()}>
          {going === 0 && one.archived === 0 ? t("imports.nothing") : t("imports.start", { count: going })}
        </Button>
      </>
    ) : (
      <>
        <Button look="outline" onClick={onOther}>{t("imports.another")}</Button>
        <Button asChild className="flex-1 wide:flex-none"><Link href="/pieces">{t("imports.toPieces")}</Link></Button>
      </>
    ),
  });
}

function DownloadRefused({ one }: { one: PieceImport }) {
  const t = useTranslations();
  const { language } = useLanguage();
  const { boutique_id } = useBoutique();
  const [saving, setSaving] = useState(false);
  const download = async () => {
    setSaving(true);
    try {
      save(await fetchRefused(boutique_id, one.id, language, t("imports.refusedFile")));
    } catch {
      toast.error(t("common.failed"));
    } finally {
      setSaving(false);
    }
  };
  return (
    <Button look="outline" size="sm" busy={saving} onClick={() => void download()}>
      {!saving && <Download aria-hidden />} {t("imports.download")}
    </Button>
  );
}

function Pictures({ one }: { one: PieceImport }) {
  const t = useTranslations("imports");
  const { added, there, failed, problems } = one.pictures;
  if (added + there + failed === 0) return null;
  return (
    <section aria-labelledby="import-pictures" className="rounded-2xl border bg-surface p-4">
      <h2 id="import-pictures" className="font-medium">{t("pictures.title")}</h2>
      <p className="mt-1 text-soft">{t("pictures.counts", { added, there, failed })}</p>
      {problems.length > 0 && (
        <ul className="mt-2 max-h-60 space-y-1 overflow-y-auto text-xs" tabIndex={0} aria-label={t("pictures.title")}>
          {problems.map((problem, n) => (
            <li key={n} className="break-words"><span className="font-medium">{t("line", { line: problem.line })}:</span> {problem.why}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
