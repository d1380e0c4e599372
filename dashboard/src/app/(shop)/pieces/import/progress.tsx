"use client";

import { useFormatter, useTranslations } from "use-intl";

import type { PieceImport } from "./queries";

/** How far the job has come; the page may be left meanwhile. */
export function Progress({ one }: { one: PieceImport }) {
  const t = useTranslations("imports");
  const format = useFormatter();
  const { pictures } = one;
  const fetching = one.status === "picturing";
  const all = fetching ? pictures.waiting + pictures.added + pictures.there + pictures.failed : one.lines;
  const done = fetching ? all - pictures.waiting : one.done;
  const part = all === 0 ? 0 : done / all;
  return (
    <section className="flex flex-col gap-3 rounded-2xl border bg-surface p-5">
      <p className="text-2xl font-semibold tabular-nums tracking-tight">{format.number(part, { style: "percent" })}</p>
      <div role="progressbar" aria-label={t(`steps.${one.status as "checking"}`)} aria-valuemin={0} aria-valuemax={all} aria-valuenow={done}
        className="h-2 overflow-hidden rounded-full bg-sunk">
        <div className="h-full rounded-full bg-green transition-[width] duration-500 ease-out" style={{ width: `${part * 100}%` }} />
      </div>
      <p className="text-soft" aria-live="polite">{t(fetching ? "picturesOf" : "linesOf", { done: format.number(done), all: format.number(all) })}</p>
      {one.status !== "checking" && <p className="text-xs text-soft">{t("mayLeave")}</p>}
    </section>
  );
}
