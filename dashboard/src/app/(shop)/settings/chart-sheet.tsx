"use client";

import { Plus, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";
import { useWords } from "@/components/words";
import kinds from "@/messages/en/kinds.json";
import { useBoutiquePath } from "@/shell/boutique";

import { typed, type TypedRow, usualMeasures, written } from "./chart";
import { type SizeChart, useListChanged } from "./queries";

const LIST = "/boutiques/{boutique_id}/size-charts";
const AUDIENCES = ["women", "men", "children"] as const;
const EMPTY: TypedRow = { size: "", also: "", spans: {} };

/** A chart as a table: a size a line, from and to in centimetres. */
export function ChartSheet({ chart, taken, onClose }: { chart: SizeChart | null; taken: SizeChart[]; onClose: () => void }) {
  const t = useTranslations();
  const { kind } = useWords();
  const path = useBoutiquePath();
  const changed = useListChanged(LIST);
  const [audience, setAudience] = useState<SizeChart["audience"]>(chart?.audience ?? "women");
  const [category, setCategory] = useState(chart?.category ?? "");
  const [rows, setRows] = useState<TypedRow[]>(chart ? typed(chart) : ["S", "M", "L"].map((size) => ({ ...EMPTY, size })));
  const shown = [...new Set([...usualMeasures(category), ...rows.flatMap((row) => Object.keys(row.spans))])] as ReturnType<typeof usualMeasures>;
  const sent = written(rows);
  const twice = !chart && taken.some((one) => one.audience === audience && (one.category ?? "") === category);
  const put = api.useMutation("put", LIST, {
    onSuccess: () => { changed(); onClose(); toast.success(t("settings.saved")); },
  });
  const remove = api.useMutation("delete", `${LIST}/{chart_id}`, {
    onSuccess: () => { changed(); onClose(); },
    onError: () => void toast.error(t("common.failed")),
  });
  const set = (index: number, changes: Partial<TypedRow>) =>
    setRows(rows.map((row, nth) => (nth === index ? { ...row, ...changes } : row)));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (sent.rows) put.mutate({ params: { path }, body: { audience, category: category || null, rows: sent.rows } });
  }

  return (
    <Sheet open onOpenChange={onClose} close={t("common.close")} title={t(chart ? "settings.sizes.change" : "settings.sizes.add")}
      footer={
        <>
          {chart && (
            <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate({ params: { path: { ...path, chart_id: chart.id } } })}>
              <Trash2 aria-hidden /> {t("settings.remove")}
            </Button>
          )}
          <Button type="submit" form="chart" busy={put.isPending} disabled={twice || !sent.rows}>{t("common.save")}</Button>
        </>
      }>
      <form id="chart" onSubmit={submit} className="flex flex-col gap-4 pt-1">
        <div className="grid grid-cols-2 gap-3">
          <Field label={t("settings.sizes.audience")}>
            {(wired) => (
              <Select {...wired} disabled={!!chart} value={audience} onChange={(event) => setAudience(event.target.value as typeof audience)}>
                {AUDIENCES.map((one) => <option key={one} value={one}>{t(`settings.sizes.audiences.${one}`)}</option>)}
              </Select>
            )}
          </Field>
          <Field label={t("settings.sizes.kind")} error={twice ? t("settings.sizes.twice") : undefined}>
            {(wired) => (
              <Select {...wired} disabled={!!chart} value={category} onChange={(event) => setCategory(event.target.value)}>
                <option value="">{t("settings.sizes.all")}</option>
                {Object.keys(kinds).map((one) => <option key={one} value={one}>{kind(one)}</option>)}
              </Select>
            )}
          </Field>
        </div>
        <p className="text-xs text-soft">{t("settings.sizes.cells")}</p>
        <ul className="flex flex-col gap-3">
          {rows.map((row, index) => (
            <li key={index} className="flex flex-col gap-2 rounded-2xl border p-3">
              <div className="flex gap-2">
                <Input aria-label={t("settings.sizes.size")} placeholder={t("settings.sizes.size")} maxLength={12} className="w-20 px-3" value={row.size} onChange={(event) => set(index, { size: event.target.value })} />
                <Input aria-label={t("settings.sizes.also", { size: row.size })} placeholder={t("settings.sizes.alsoExample")} className="min-w-0 flex-1 px-3" value={row.also} onChange={(event) => set(index, { also: event.target.value })} />
                <Button look="quiet" size="icon" aria-label={t("settings.sizes.removeRow", { size: row.size })} onClick={() => setRows(rows.filter((_, nth) => nth !== index))}>
                  <Trash2 aria-hidden />
                </Button>
              </div>
              <div className="grid grid-cols-3 gap-2">
                {shown.map((measure) => {
                  const wrong = sent.wrong?.row === index && sent.wrong.measure === measure;
                  return (
                    <label key={measure} className="text-xs text-soft">
                      {t(`settings.sizes.measures.${measure}`)}
                      <Input aria-invalid={wrong || undefined} placeholder="88-96" className="mt-1 px-2" value={row.spans[measure] ?? ""}
                        onChange={(event) => set(index, { spans: { ...row.spans, [measure]: event.target.value } })} />
                    </label>
                  );
                })}
              </div>
            </li>
          ))}
        </ul>
        <Button look="outline" size="sm" className="self-start" onClick={() => setRows([...rows, EMPTY])}><Plus aria-hidden /> {t("settings.sizes.addRow")}</Button>
        {isProblem(put.error) && <p role="alert" className="text-xs text-red">{put.error.detail}</p>}
      </form>
    </Sheet>
  );
}
