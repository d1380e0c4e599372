"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import { Card } from "./card";
import { useDayWords } from "./day-words";
import { type Report, soldIn } from "./queries";
import { type Step, stepsFor } from "./range";

// A hundred kilobytes that no other page needs: it comes when this one is still.
const SalesChart = later(() => import("./sales-chart").then((part) => part.SalesChart), <Skeleton className="mx-4 mb-4 h-64 rounded-xl" />);

/** What was sold by day, week or month, as a picture or as a table, beside what was sold before. */
export function SalesCard(props: { report: Report; length: number; step: Step; onStep: (step: Step) => void }) {
  const t = useTranslations("figures");
  const { report, step } = props;
  const [asTable, setAsTable] = useState(false);
  const steps = stepsFor(props.length);
  return (
    <Card title={t("byStep", { step })} table="sales">
      {steps.length > 1 && (
        <div className="overflow-hidden px-4 pb-2">
          <Segmented label={t("step")} value={step} onChange={props.onStep} segments={steps.map((value) => ({ value, label: t(`steps.${value}`) }))} />
        </div>
      )}
      {asTable ? <SalesTable report={report} /> : <SalesChart points={report.points} before={report.points_before} length={props.length} />}
      <div className="border-t px-2 py-1">
        <Button look="link" size="sm" onClick={() => setAsTable(!asTable)}>{t(asTable ? "asPicture" : "asTable")}</Button>
      </div>
    </Card>
  );
}

function SalesTable({ report }: { report: Report }) {
  const t = useTranslations("figures");
  const { money } = useFormats();
  const words = useDayWords();
  return (
    <div tabIndex={0} role="region" aria-label={t("asTable")} className="max-h-96 overflow-auto focus-visible:-outline-offset-2">
      <table className="w-full text-right text-xs">
        <thead className="sticky top-0 bg-surface text-soft">
          <tr>
            <th scope="col" className="px-4 py-2 text-left font-medium">{t("when")}</th>
            <th scope="col" className="px-2 py-2 font-medium">{t("sales")}</th>
            <th scope="col" className="px-2 py-2 font-medium">{t("sold")}</th>
            <th scope="col" className="px-4 py-2 font-medium">{t("soldBefore")}</th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {report.points.map((point, nth) => (
            <tr key={point.first}>
              <th scope="row" className="px-4 py-2 text-left font-normal">{words.span(point)}</th>
              <td className="px-2 py-2">{point.orders + point.counter_sales}</td>
              <td className="px-2 py-2 font-medium">{money(soldIn(point))}</td>
              <td className="px-4 py-2 text-soft">{report.points_before[nth] ? money(soldIn(report.points_before[nth])) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
