"use client";

import { ArrowDownToLine } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { save } from "@/receipts/file";
import { useBoutique } from "@/shell/boutique";

import { fetchTable, type Table, useAskedDays, useStep } from "./queries";

/** One part of the figures under its name; `table` is what a spreadsheet gets of it. */
export function Card(props: { title: string; table?: Table; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="overflow-hidden rounded-2xl border bg-surface">
      <div className="flex min-h-12 items-center gap-2 pl-4 pr-2">
        <h2 id={id} className="min-w-0 flex-1 py-2 font-semibold">{props.title}</h2>
        {props.table && <Download table={props.table} title={props.title} />}
      </div>
      {props.children}
    </section>
  );
}

function Download({ table, title }: { table: Table; title: string }) {
  const t = useTranslations();
  const { boutique_id } = useBoutique();
  const { days, length } = useAskedDays();
  const [step] = useStep(length);
  const [saving, setSaving] = useState(false);
  const download = async () => {
    setSaving(true);
    try {
      save(await fetchTable(boutique_id, table, days, step, title));
    } catch {
      toast.error(t("common.failed"));
    } finally {
      setSaving(false);
    }
  };
  return (
    <Button look="quiet" size="small" disabled={saving} aria-label={t("figures.download", { title })} onClick={() => void download()}>
      <ArrowDownToLine aria-hidden />
    </Button>
  );
}
