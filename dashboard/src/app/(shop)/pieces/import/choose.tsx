"use client";

import { Download, FileUp } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Row } from "@/components/ui/row";
import { useFormats } from "@/shell/formats";
import { useUrl } from "@/shell/url";

import { isWorking, useLatestImports, useUpload } from "./queries";

const SAMPLE = [
  "SKU,name,category,price,colour,size,units,picture,description",
  "NEEMA,Neema wrap dress,dress,\"3,500\",red,\"S,M,L\",2,,Crepe; below the knee",
  "NEEMA,,,,green,M,1,,",
  "ZURI,Zuri top,top,1.8k,black,S-XL,3,,",
].join("\r\n");
const KINDS = ".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The file, and what came of the last ones. */
export function Choose({ onTaken }: { onTaken: (id: string) => void }) {
  const t = useTranslations();
  const input = useRef<HTMLInputElement>(null);
  const upload = useUpload(onTaken);
  return (
    <>
      <section className="flex flex-col gap-4 rounded-2xl border bg-surface p-5">
        <div>
          <h2 className="font-medium">{t("imports.choose.title")}</h2>
          <p className="mt-1 text-soft">{t("imports.choose.text")}</p>
        </div>
        <ul className="list-disc space-y-1 pl-5 text-xs text-soft">
          {(["prices", "sizes", "stock", "pictures"] as const).map((hint) => <li key={hint}>{t(`imports.choose.hints.${hint}`)}</li>)}
        </ul>
        {upload.isError && (
          <Notice tone="risk">{isProblem(upload.error) ? upload.error.errors?.[0]?.remedy ?? upload.error.detail : t("common.failed")}</Notice>
        )}
        <div className="flex flex-wrap gap-2">
          <Button busy={upload.isPending} onClick={() => input.current?.click()} className="max-wide:flex-1">
            {!upload.isPending && <FileUp aria-hidden />} {t(upload.isPending ? "imports.choose.reading" : "imports.choose.file")}
          </Button>
          <Button asChild look="outline" className="max-wide:flex-1">
            <a href={`data:text/csv;charset=utf-8,${encodeURIComponent(SAMPLE)}`} download="pieces.csv"><Download aria-hidden /> {t("imports.choose.sample")}</a>
          </Button>
          <input ref={input} type="file" accept={KINDS} aria-label={t("imports.choose.file")} tabIndex={-1} className="sr-only"
            onChange={({ target }) => { const [file] = target.files ?? []; if (file) upload.mutate(file); target.value = ""; }} />
        </div>
      </section>
      <Latest />
    </>
  );
}

function Latest() {
  const t = useTranslations("imports");
  const { when } = useFormats();
  const { change } = useUrl();
  const latest = useLatestImports();
  if (latest.length === 0) return null;
  return (
    <section aria-labelledby="latest-imports" className="overflow-hidden rounded-2xl border bg-surface">
      <h2 id="latest-imports" className="px-4 pt-4 font-medium">{t("latest")}</h2>
      <ul className="divide-y">
        {latest.map((one) => (
          <li key={one.id}>
            <Row onOpen={() => change({ id: one.id })} title={one.file_name} aside={<span className="text-xs text-soft">{when(one.created_at)}</span>}
              below={t("lineCount", { count: one.lines })}
              belowAside={one.status === "imported" ? (
                one.refused > 0 ? <Badge tone="waits">{t("refusedCount", { count: one.refused })}</Badge> : <Badge tone="good">{t("status.imported")}</Badge>
              ) : <Badge tone={isWorking(one) ? "waits" : "plain"}>{t(`status.${isWorking(one) ? "working" : one.status as "ready" | "checked" | "stopped"}`)}</Badge>} />
          </li>
        ))}
      </ul>
    </section>
  );
}
