"use client";

import { ArrowDownToLine, ArrowLeft, FileCheck, Undo2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";
import { Row } from "@/components/ui/row";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { WithAllWords } from "@/i18n";
import { save } from "@/receipts/file";
import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";
import { PageHead, PageWaiting } from "@/shell/page";
import { useChoice, useUrl } from "@/shell/url";

import { NumberSheet } from "./number-sheet";
import { fetchMonth, monthsUntil, SHOWN, type TaxDocument, useTaxDocuments, useTaxReport, useTaxSettings } from "./queries";
import { Registration } from "./registration";

export function TaxPage() {
  return <WithAllWords waiting={<PageWaiting />}><Tax /></WithAllWords>;
}

/** A month for the tax return: its sums, and each sale with KRA's number or without. */
function Tax() {
  const t = useTranslations();
  const settings = useTaxSettings();
  return (
    <>
      <PageHead title={<span className="flex items-center gap-1"><Button asChild look="quiet" size="icon" className="-ml-2"><Link href="/money" aria-label={t("money.title")}><ArrowLeft aria-hidden /></Link></Button> {t("tax.title")}</span>} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 pb-8">
          {!settings ? <Skeleton className="h-40 rounded-2xl" />
            : !settings.is_kenyan ? <Notice tone="waits">{t("tax.notKenyan")}</Notice>
            : <><Registration settings={settings} /><Month /></>}
        </div>
      </main>
    </>
  );
}

function Month() {
  const t = useTranslations("tax");
  const locale = useLocale();
  const { dayKey } = useFormats();
  const { params, change } = useUrl();
  const [today] = useState(() => dayKey(new Date().toISOString()));
  const months = monthsUntil(today);
  const month = months.find((one) => one === params.get("month")) ?? months[0] ?? today.slice(0, 7);
  const [show, choose] = useChoice("show", SHOWN);
  const [noting, setNoting] = useState<TaxDocument | null>(null);
  const named = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  return (
    <>
      <Select aria-label={t("month")} value={month} onChange={({ target }) => change({ month: target.value === months[0] ? null : target.value }, "replace")}>
        {months.map((one) => <option key={one} value={one}>{named.format(new Date(`${one}-15T12:00:00Z`))}</option>)}
      </Select>
      <Sums month={month} />
      <section aria-label={t("documents")} className="overflow-hidden rounded-2xl border bg-surface">
        <div className="overflow-hidden border-b px-4 py-2">
          <Segmented label={t("which")} value={show} onChange={choose} segments={SHOWN.map((value) => ({ value, label: t(`show.${value}`) }))} />
        </div>
        <RowList of={useTaxDocuments(month, show === "open")} label={t("documents")}
          row={(one) => <DocumentRow document={one} onOpen={() => setNoting(one)} />}
          empty={<Empty picture={<FileCheck aria-hidden />} text={t(show === "open" ? "noneOpen" : "none")} />} />
      </section>
      {noting && <NumberSheet document={noting} onClose={() => setNoting(null)} />}
    </>
  );
}

function Sums({ month }: { month: string }) {
  const t = useTranslations("tax");
  const { money } = useFormats();
  const { boutique_id, role } = useBoutique();
  const report = useTaxReport(month);
  const [saving, setSaving] = useState(false);
  const common = useTranslations("common");
  if (!report) return <Skeleton className="h-40 rounded-3xl" />;
  const download = async () => {
    setSaving(true);
    try {
      save(await fetchMonth(boutique_id, month, t("title")));
    } catch {
      toast.error(common("failed"));
    } finally {
      setSaving(false);
    }
  };
  return (
    <section aria-label={t("sums")} className="rounded-3xl border bg-surface p-5">
      <p className="text-2xl font-semibold tabular-nums tracking-tight">{money(report.total_minor)}</p>
      <p className="text-xs text-soft">{t("counts", { count: report.documents, open: report.without_number })}</p>
      <dl className="mt-3">
        <div className="flex gap-3 py-1"><dt className="flex-1 text-soft">{t("taxable")}</dt><dd className="tabular-nums">{money(report.taxable_minor)}</dd></div>
        <div className="flex gap-3 py-1"><dt className="flex-1 text-soft">{t("vat")}</dt><dd className="tabular-nums">{money(report.vat_minor)}</dd></div>
      </dl>
      {role === "owner" && <Button look="outline" className="mt-3 w-full" busy={saving} onClick={() => void download()}><ArrowDownToLine aria-hidden /> {t("download")}</Button>}
    </section>
  );
}

function DocumentRow({ document, onOpen }: { document: TaxDocument; onOpen: () => void }) {
  const t = useTranslations("tax");
  const { money, full } = useFormats();
  const Icon = document.kind === "refund" ? Undo2 : FileCheck;
  return (
    <Row onOpen={onOpen}
      before={<span className="grid size-10 shrink-0 place-items-center rounded-xl bg-sunk"><Icon aria-hidden className="size-5" /></span>}
      title={document.buyer ?? document.number}
      aside={<span className="shrink-0 font-medium tabular-nums">{money(document.total_minor)}</span>}
      below={[document.number, document.etims_number ?? full(document.at)].join(" · ")}
      belowAside={document.etims_number ? <Badge tone="good">{t("noted")}</Badge> : <Badge tone="waits">{t("open")}</Badge>} />
  );
}
