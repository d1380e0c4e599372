"use client";

import { useLocale, useTranslations } from "use-intl";
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

import { useFormats } from "@/shell/formats";

import { useDayWords } from "./day-words";
import { type Point, soldIn } from "./queries";

type Row = { point: Point; earlier: Point | undefined; sold: number; before: number | null };

/** Bars of what was sold, and what was sold before as a thin line; a tap on a bar tells its numbers. */
export function SalesChart(props: { points: Point[]; before: Point[]; length: number }) {
  const t = useTranslations("figures");
  const locale = useLocale();
  const { digits } = useFormats();
  const words = useDayWords();
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const rows: Row[] = props.points.map((point, nth) => {
    const earlier = props.before[nth];
    return { point, earlier, sold: soldIn(point), before: earlier ? soldIn(earlier) : null };
  });
  return (
    <figure className="px-2 pb-3">
      <div role="img" aria-label={t("picture")} className="h-56 text-xs [&_*]:outline-none">
        <ResponsiveContainer width="100%" height="100%">
          <ComposedChart data={rows} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey={(row: Row) => row.point.first} tickFormatter={words.short} interval="equidistantPreserveStart" minTickGap={24}
              tick={{ fill: "var(--soft)" }} tickLine={false} axisLine={{ stroke: "var(--line)" }} />
            <YAxis width={52} tickCount={4} tickFormatter={(minor: number) => compact.format(minor / 10 ** digits)}
              tick={{ fill: "var(--soft)" }} tickLine={false} axisLine={false} allowDecimals={false} />
            <Tooltip content={({ payload }) => <Told row={payload[0]?.payload as Row | undefined} />} cursor={{ fill: "var(--ink)", fillOpacity: 0.05 }} isAnimationActive={false} />
            <Bar dataKey="sold" fill="var(--green)" radius={[4, 4, 0, 0]} maxBarSize={40} isAnimationActive={false} />
            <Line dataKey="before" stroke="var(--line-strong)" strokeWidth={1.5} dot={rows.length === 1} activeDot={false} isAnimationActive={false} />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1 px-2 pt-1 text-xs text-soft">
        <span className="flex items-center gap-1.5"><span aria-hidden className="size-2.5 rounded-sm bg-green" /> {t("theseDays")}</span>
        <span className="flex items-center gap-1.5"><span aria-hidden className="h-0.5 w-4 bg-line-strong" /> {t("daysBefore", { days: props.length })}</span>
      </figcaption>
    </figure>
  );
}

function Told({ row }: { row: Row | undefined }) {
  const t = useTranslations("figures");
  const { money } = useFormats();
  const words = useDayWords();
  if (!row) return null;
  const { point, earlier } = row;
  return (
    <div className="rounded-xl border bg-raised px-3 py-2 text-xs text-ink shadow-lift">
      <p className="text-soft">{words.span(point)}</p>
      <p className="text-base font-semibold">{money(row.sold)}</p>
      <p>{t("inChats", { count: point.orders })}</p>
      {point.counter_sales > 0 && <p>{t("inShop", { count: point.counter_sales })}</p>}
      {earlier && <p className="mt-1 border-t pt-1 text-soft">{words.span(earlier)}: {money(soldIn(earlier))}</p>}
    </div>
  );
}
