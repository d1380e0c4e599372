"use client";

import { ArrowDownToLine } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { isUnderWay, type ShopExport, useLinking } from "./queries";

const TONES: Record<ShopExport["status"], Tone> = { waiting: "waits", running: "waits", done: "good", failed: "risk", gone: "plain" };
const MEGABYTE = 1_000_000;

/** How far it came, what is in it, and the way to it. */
export function ExportCard({ of: one }: { of: ShopExport }) {
  const t = useTranslations("export");
  const { full } = useFormats();
  const format = useFormatter();
  return (
    <section aria-label={t("file")} aria-busy={isUnderWay(one)} className="flex flex-col gap-3 rounded-2xl border bg-surface p-5">
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1 font-medium">{t("askedAt", { at: full(one.created_at) })}</span>
        <Badge tone={TONES[one.status]}>{t(`states.${one.status}`)}</Badge>
      </div>
      {isUnderWay(one) && <Bar label={t("progress")} done={one.tables_done} of={one.tables} />}
      {one.rows > 0 && (
        <p className="text-soft tabular-nums">
          {t("holds", { rows: format.number(one.rows), files: format.number(one.files), size: format.number(one.bytes / MEGABYTE, { maximumFractionDigits: 1 }) })}
        </p>
      )}
      {one.missing_files > 0 && <p className="text-xs text-soft">{t("missing", { count: one.missing_files })}</p>}
      {one.status === "failed" && <p role="alert" className="text-red">{t("failed")}</p>}
      {one.status === "done" && one.expires_at && <Fetch id={one.id} until={full(one.expires_at)} />}
    </section>
  );
}

function Bar(props: { label: string; done: number; of: number }) {
  const share = props.of ? Math.round((100 * props.done) / props.of) : 0;
  return (
    <div role="progressbar" aria-label={props.label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={share} className="h-2 overflow-hidden rounded-full bg-sunk">
      <div className="h-full rounded-full bg-green transition-[width] duration-200" style={{ width: `${share}%` }} />
    </div>
  );
}

/** The browser downloads it by an address that is the owner's alone, however large it is. */
function Fetch({ id, until }: { id: string; until: string }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const linking = useLinking();
  const fetchIt = () => linking.mutate({ params: { path: { ...path, export_id: id } } }, {
    onSuccess: ({ url }) => window.location.assign(url),
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  return (
    <>
      <Button busy={linking.isPending} onClick={fetchIt}><ArrowDownToLine aria-hidden /> {t("export.download")}</Button>
      <p className="text-xs text-soft">{t("export.until", { at: until })}</p>
    </>
  );
}
