"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Picture } from "@/components/picture";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";

import type { Arm, Differs } from "./arms";
import { PiecePicker } from "./piece-picker";
import { useChosenPieces } from "./use-chosen-pieces";
import { isApproved, useTemplates } from "./use-templates";

/** One arm, and the one thing in which it differs. */
export function ArmCard(props: { arm: Arm; first: boolean; onChange: (differs: Differs) => void; onRemove: () => void }) {
  const t = useTranslations("campaigns.write.experiment");
  const { groups } = useTemplates();
  const { arm } = props;
  const [other] = groups?.filter(isApproved) ?? [];
  const begin: Record<Differs["in"], Differs> = {
    nothing: { in: "nothing" }, collage: { in: "collage" }, hour: { in: "hour", hour: 18 }, template: { in: "template", template: other?.name ?? "" },
    pieces: { in: "pieces", pieces: [] },
  };
  return (
    <div className="flex flex-col gap-2 rounded-2xl border bg-raised p-3">
      <div className="flex min-h-10 items-center gap-2">
        <span className="grid size-8 place-items-center rounded-full bg-ink font-semibold uppercase text-paper">{arm.key}</span>
        <span className="min-w-0 flex-1 font-medium">{props.first ? t("firstArm") : t("otherArm")}</span>
        <Button look="quiet" size="small" aria-label={t("remove", { key: arm.key.toUpperCase() })} onClick={props.onRemove}><Trash2 aria-hidden /></Button>
      </div>
      <Select aria-label={t("differs")} value={arm.differs.in} onChange={(event) => props.onChange(begin[event.target.value as Differs["in"]])}>
        {(["nothing", "collage", "pieces", "hour", "template"] as const).map((one) => <option key={one} value={one}>{t(`differsIn.${one}`)}</option>)}
      </Select>
      {arm.differs.in === "pieces" && <ArmPieces chosen={arm.differs.pieces} onChoose={(pieces) => props.onChange({ in: "pieces", pieces })} />}
      {arm.differs.in === "hour" && (
        <Select aria-label={t("hour")} value={arm.differs.hour} onChange={(event) => props.onChange({ in: "hour", hour: Number(event.target.value) })}>
          {Array.from({ length: 12 }, (_, index) => index + 9).map((hour) => <option key={hour} value={hour}>{String(hour).padStart(2, "0")}:00</option>)}
        </Select>
      )}
      {arm.differs.in === "template" && (
        <Select aria-label={t("template")} value={arm.differs.template} onChange={(event) => props.onChange({ in: "template", template: event.target.value })}>
          {groups?.map((one) => <option key={one.name} value={one.name}>{one.name.replaceAll("_", " ")}</option>)}
        </Select>
      )}
    </div>
  );
}

/** The pieces that this arm chooses from, in place of the campaign's. */
function ArmPieces({ chosen, onChoose }: { chosen: string[]; onChoose: (ids: string[]) => void }) {
  const t = useTranslations("campaigns.write.pieces");
  const [picking, setPicking] = useState(false);
  const pieces = useChosenPieces(chosen);
  return (
    <div className="flex flex-col gap-2">
      {chosen.length > 0 && (
        <>
          <p className="text-xs text-soft">{t("chosen", { count: chosen.length })}</p>
          <ul className="flex flex-wrap gap-1.5">
            {pieces.map((piece) => <li key={piece.id}><Picture url={piece.picture_url} srcset={piece.picture_srcset} alt={piece.name} className="h-14 w-11" /></li>)}
          </ul>
        </>
      )}
      {chosen.length === 0 && <p className="text-xs text-amber">{t("noneYet")}</p>}
      <div><Button look="outline" size="sm" onClick={() => setPicking(true)}><Plus aria-hidden /> {t("pick")}</Button></div>
      {picking && <PiecePicker chosen={chosen} onClose={() => setPicking(false)} onChoose={(ids) => { onChoose(ids); setPicking(false); }} />}
    </div>
  );
}
