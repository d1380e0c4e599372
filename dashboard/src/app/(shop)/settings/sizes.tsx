"use client";

import { Plus, Ruler } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Row } from "@/components/ui/row";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useWords } from "@/components/words";
import { useBoutique } from "@/shell/boutique";

import { ChartSheet } from "./chart-sheet";
import { PartPage } from "./part-form";
import { type SizeChart, useSizeCharts } from "./queries";

/** For which body the sizes are cut. Without a chart, sizes are advised by everybody's. */
export function SizesPart({ onClose }: { onClose: () => void }) {
  const t = useTranslations("settings");
  const { kind } = useWords();
  const { role } = useBoutique();
  const { data } = useSizeCharts();
  const [open, setOpen] = useState<SizeChart | "new" | null>(null);
  const owner = role === "owner";
  const add = owner && (
    <Button size="sm" onClick={() => setOpen("new")}><Plus aria-hidden /> {t("sizes.add")}</Button>
  );
  const named = (chart: SizeChart) =>
    `${t(`sizes.audiences.${chart.audience}`)} · ${chart.category ? kind(chart.category) : t("sizes.all")}`;
  return (
    <PartPage title={t("sizes.title")} text={t("sizes.text")} onClose={onClose}>
      {!data && <SkeletonRows count={2} />}
      {data?.items.length === 0 && <Empty picture={<Ruler aria-hidden />} text={t("sizes.none")} action={add} />}
      {data && data.items.length > 0 && (
        <>
          <ul aria-label={t("sizes.title")} className="divide-y overflow-hidden rounded-2xl border bg-surface">
            {data.items.map((chart) => (
              <li key={chart.id}>
                <Row onOpen={() => owner && setOpen(chart)} title={named(chart)} below={chart.rows.map((row) => row.size).join(" · ")} />
              </li>
            ))}
          </ul>
          <div>{add}</div>
        </>
      )}
      {open && <ChartSheet chart={open === "new" ? null : open} taken={data?.items ?? []} onClose={() => setOpen(null)} />}
    </PartPage>
  );
}
