"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { cn } from "@/components/cn";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { useWords } from "@/components/words";
import { useFormats } from "@/shell/formats";

import type { FrameOf } from "./import-pieces";
import { type FieldName, FIELDS, type Named, type PieceImport, useNaming, useStep } from "./queries";
import { TONES } from "./tones";

const NEEDED: FieldName[] = ["name", "category", "price", "colour", "size", "units"];

/** What each column holds, and how the first lines are read by that. */
export function Columns({ one, frame }: { one: PieceImport; frame: FrameOf }) {
  const t = useTranslations();
  const naming = useNaming(one.id);
  const checking = useStep(one.id, "checks");
  // What was chosen stands at once; the answer may take a moment.
  const named = naming.isPending ? naming.variables : { mapping: one.columns.map((column) => column.field), archive_missing: one.archive_missing };
  const missing = NEEDED.filter((field) => !named.mapping.includes(field));
  const identified = named.mapping.includes("sku") || named.mapping.includes("name");
  const name = (change: Partial<Named>) => naming.mutate({ ...named, archive_missing: named.archive_missing ?? false, ...change });
  const choose = (at: number, field: FieldName) => name({
    mapping: named.mapping.map((had, n) => (n === at ? field : had === field ? "" : had)),
  });
  const failed = naming.error ?? checking.error;
  return frame({
    children: (
      <>
        <section aria-labelledby="columns" className="overflow-hidden rounded-2xl border bg-surface">
          <div className="p-4 pb-2">
            <h2 id="columns" className="font-medium">{t("imports.columns.title")}</h2>
            <p className="mt-1 text-xs text-soft">{t("imports.columns.text")}</p>
          </div>
          <ul className="divide-y">
            {one.columns.map((column, n) => (
              <Column key={n} column={column} field={named.mapping[n] ?? ""} onChange={(field) => choose(n, field)} />
            ))}
          </ul>
        </section>
        {missing.length > 0 && (
          <Notice tone="waits">{t("imports.columns.missing", { fields: missing.map((field) => t(`imports.fields.${field as "name"}`)).join(", ") })}</Notice>
        )}
        <Preview one={one} />
        <ArchiveMissing checked={named.archive_missing ?? false} onChange={(archive_missing) => name({ archive_missing })} />
        {failed ? <Notice tone="risk">{isProblem(failed) ? failed.errors?.[0]?.remedy ?? failed.detail : t("common.failed")}</Notice> : null}
      </>
    ),
    footer: (
      <Button className="flex-1 wide:flex-none" busy={checking.isPending || naming.isPending} disabled={!identified} onClick={() => checking.mutate()}>
        {t("imports.check")}
      </Button>
    ),
  });
}

function Column(props: { column: PieceImport["columns"][number]; field: FieldName; onChange: (field: FieldName) => void }) {
  const t = useTranslations("imports");
  const id = useId();
  const samples = props.column.samples.filter(Boolean).join(" · ");
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_minmax(0,10rem)] items-center gap-3 px-4 py-2.5 wide:grid-cols-2 wide:gap-4">
      <label htmlFor={id} className="min-w-0">
        <span className={cn("block truncate font-medium", !props.field && "text-soft")}>{props.column.name}</span>
        <span className="block truncate text-xs text-soft">{samples || t("columns.nothing")}</span>
      </label>
      <Select id={id} value={props.field} onChange={({ target }) => props.onChange(target.value as FieldName)}>
        <option value="">{t("columns.unread")}</option>
        {FIELDS.map((field) => <option key={field} value={field}>{t(`fields.${field as "name"}`)}</option>)}
      </Select>
    </li>
  );
}

function Preview({ one }: { one: PieceImport }) {
  const t = useTranslations("imports");
  return (
    <section aria-labelledby="preview" className="overflow-hidden rounded-2xl border bg-surface">
      <h2 id="preview" className="px-4 pt-4 font-medium">{t("preview")}</h2>
      <ul className="divide-y">
        {one.preview.map((line) => <PreviewedLine key={line.line} line={line} />)}
      </ul>
    </section>
  );
}

function PreviewedLine({ line }: { line: PieceImport["preview"][number] }) {
  const t = useTranslations("imports");
  const { money } = useFormats();
  const { kind, colour } = useWords();
  const colours = [...new Set(line.items.map((item) => item.colour))];
  const about = [line.category && kind(line.category), line.price_minor !== null && money(line.price_minor)].filter(Boolean).join(" · ");
  return (
    <li className="px-4 py-3">
      <p className="flex items-center gap-3">
        <span className="min-w-0 flex-1 truncate font-medium">{line.name ?? line.sku ?? line.cells.filter(Boolean)[0]}</span>
        {line.outcome && <Badge tone={TONES[line.outcome]}>{t(`outcomes.${line.outcome}`)}</Badge>}
      </p>
      <p className="mt-0.5 text-xs text-soft">{[t("line", { line: line.line }), about].filter(Boolean).join(" · ")}</p>
      {colours.map((name) => (
        <p key={name} className="mt-0.5 text-xs text-soft">
          {colour(name)}: {line.items.filter((item) => item.colour === name).map((item) => (item.units === null ? item.size : `${item.size} × ${item.units}`)).join(", ")}
        </p>
      ))}
      {line.why && <p className="mt-1 text-xs text-red">{line.why}</p>}
    </li>
  );
}

function ArchiveMissing({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  const t = useTranslations("imports.archive");
  const id = useId();
  return (
    <div className="flex items-center gap-4 rounded-2xl border bg-surface p-4">
      <label htmlFor={id} className="min-w-0 flex-1">
        <span className="block font-medium">{t("title")}</span>
        <span className="mt-0.5 block text-xs text-soft">{t("text")}</span>
      </label>
      <Switch id={id} checked={checked} onChange={onChange} />
    </div>
  );
}
