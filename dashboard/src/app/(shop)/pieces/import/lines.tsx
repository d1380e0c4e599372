"use client";

import { ListChecks } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { useWords } from "@/components/words";
import { useFormats } from "@/shell/formats";
import { useUrl } from "@/shell/url";

import { type Line, type Outcome, OUTCOMES, type PieceImport, useLines } from "./queries";

const PRICES = ["price", "size_price", "cost"];

/** The lines of the file by what becomes of them; the refused ones first, each with its reason. */
export function Lines({ one, download }: { one: PieceImport; download: ReactNode }) {
  const t = useTranslations("imports");
  const { params, change } = useUrl();
  const asked = params.get("lines");
  const outcome = OUTCOMES.find((value) => value === asked) ?? OUTCOMES.find((value) => one[value] > 0) ?? "new";
  const lines = useLines(one.id, outcome, one[outcome] > 0);
  return (
    <section aria-labelledby="import-lines" className="overflow-hidden rounded-2xl border bg-surface">
      <h2 id="import-lines" className="px-4 pt-4 font-medium">{t(one.status === "checked" ? "would" : "did")}</h2>
      <div className="overflow-hidden border-b px-4 pb-3 pt-2">
        <Segmented<Outcome> label={t("which")} value={outcome} onChange={(value) => change({ lines: value }, "replace")}
          segments={OUTCOMES.map((value) => ({ value, label: t(`outcomes.${value}`), count: one[value] }))} />
      </div>
      {outcome === "refused" && download && <div className="border-b px-4 py-3">{download}</div>}
      {one[outcome] === 0
        ? <Empty picture={<ListChecks aria-hidden />} text={t("noLines")} />
        : <RowList of={lines} label={t("which")} row={(line) => <LineRow line={line} one={one} />} empty={null} />}
    </section>
  );
}

function LineRow({ line, one }: { line: Line; one: PieceImport }) {
  const t = useTranslations("imports");
  const cell = (field: string) => line.cells[one.columns.findIndex((column) => column.field === field)];
  const called = [cell("sku"), cell("name"), cell("colour"), cell("size")].filter(Boolean);
  return (
    <div className="px-4 py-3">
      <p className="flex items-baseline gap-3">
        <span className="min-w-0 flex-1 truncate font-medium">{called.join(" · ") || line.cells.filter(Boolean).join(" · ")}</span>
        <span className="shrink-0 text-xs text-soft">{t("line", { line: line.line })}</span>
      </p>
      {line.why && <p className="mt-1 break-words text-xs text-red">{line.why}</p>}
      {line.changes.map((change, n) => <ChangeLine key={n} change={change} />)}
    </div>
  );
}

function ChangeLine({ change }: { change: Line["changes"][number] }) {
  const t = useTranslations("imports");
  const value = useValue(change.field);
  const name = [t(`fields.${change.field as "name"}`), change.of].filter(Boolean).join(" · ");
  return (
    <p className="mt-1 text-xs text-soft">
      {change.field === "size"
        ? t("newSize", { name: change.of ?? "", count: Number(change.now ?? 0) })
        : <>{name}: {value(change.was)} <span aria-label={t("becomes")}>→</span> <span className="font-medium text-ink">{value(change.now)}</span></>}
    </p>
  );
}

/** A value of a field as it is shown: money, a word of ours, yes or no. */
function useValue(field: string) {
  const t = useTranslations("imports");
  const { money } = useFormats();
  const { kind } = useWords();
  return (value: Line["changes"][number]["was"]): string => {
    if (value === null || value === undefined || value === "") return t("nothingThere");
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    if (Array.isArray(value)) return value.join(", ") || t("nothingThere");
    if (typeof value === "number") return PRICES.includes(field) ? money(value) : String(value);
    return field === "category" ? kind(value) : value;
  };
}
