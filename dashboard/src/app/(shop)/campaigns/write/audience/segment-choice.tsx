"use client";

import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useLanguage } from "@/i18n";

import { type Segment, useSegments } from "./queries";
import { RadioRow } from "./radio-row";
import { SegmentSheet } from "./segment-sheet";

/** The groups that were kept, said in words, and the way to a new one. */
export function SegmentChoice({ chosen, onChoose }: { chosen: string | null; onChoose: (id: string) => void }) {
  const t = useTranslations("campaigns.segments");
  const { language } = useLanguage();
  const { data } = useSegments();
  const [open, setOpen] = useState<Segment | "new" | null>(null);
  if (!data) return <Skeleton className="h-14 rounded-xl" />;
  return (
    <>
      {data.items.length > 0 && (
        <div role="radiogroup" aria-label={t("title")}>
          {data.items.map((one) => (
            <RadioRow key={one.id} group="segment" chosen={one.id === chosen} onChoose={() => onChoose(one.id)}
              name={one.name} text={one.said?.[language]}
              action={
                <Button look="quiet" size="small" aria-label={t("edit", { name: one.name })} onClick={() => setOpen(one)}>
                  <Pencil aria-hidden />
                </Button>
              } />
          ))}
        </div>
      )}
      <div><Button look="outline" size="sm" onClick={() => setOpen("new")}><Plus aria-hidden /> {t("new")}</Button></div>
      {open && (
        <SegmentSheet segment={open === "new" ? null : open} onClose={() => setOpen(null)}
          onKept={(id) => { setOpen(null); onChoose(id); }} />
      )}
    </>
  );
}
