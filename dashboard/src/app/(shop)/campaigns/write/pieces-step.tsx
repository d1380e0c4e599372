"use client";

import { Images, Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Picture } from "@/components/picture";
import { Button } from "@/components/ui/button";

import type { Preview, Written } from "../queries";
import { PiecePicker } from "./piece-picker";
import { SampleCustomers } from "./sample-customers";
import { useChosenPieces } from "./use-chosen-pieces";
import type { Writing } from "./use-writing";

/** The pieces that may be shown, and what real customers would get of them. */
export function PiecesStep({ writing, written, preview }: { writing: Writing; written: Written; preview: Preview | undefined }) {
  const t = useTranslations("campaigns.write.pieces");
  const [picking, setPicking] = useState(false);
  const chosen = useChosenPieces(written.pieces);
  return (
    <>
      <section aria-label={t("pool")} className="rounded-2xl border bg-surface p-4">
        {written.pieces.length === 0 ? (
          <div className="flex items-center gap-3">
            <span className="grid size-11 shrink-0 place-items-center rounded-xl bg-green-soft text-green-ink"><Images aria-hidden className="size-5" /></span>
            <div className="min-w-0 flex-1">
              <p className="font-medium">{t("all")}</p>
              <p className="text-xs text-soft">{t("allText")}</p>
            </div>
          </div>
        ) : (
          <>
            <p className="mb-3 font-medium">{t("chosen", { count: written.pieces.length })}</p>
            <ul className="grid grid-cols-4 gap-2 sm:grid-cols-6">
              {chosen.map((piece) => (
                <li key={piece.id} className="relative">
                  <Picture url={piece.picture_url} srcset={piece.picture_srcset} sizes="96px" alt={piece.name} className="aspect-[4/5] h-auto w-full" />
                  <button type="button" aria-label={t("remove", { name: piece.name })}
                    onClick={() => writing.change({ pieces: written.pieces.filter((one) => one !== piece.id) })}
                    className="absolute -right-1.5 -top-1.5 grid size-8 place-items-center rounded-full border bg-raised shadow-sm">
                    <X aria-hidden className="size-4" />
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        <div className="mt-4 flex flex-wrap gap-2">
          <Button look="outline" size="sm" onClick={() => setPicking(true)}><Plus aria-hidden /> {t("pick")}</Button>
          {written.pieces.length > 0 && <Button look="quiet" size="sm" onClick={() => writing.change({ pieces: [] })}>{t("takeAll")}</Button>}
        </div>
      </section>
      <SampleCustomers id={writing.id} preview={preview} message={written.message} />
      {picking && (
        <PiecePicker chosen={written.pieces} onClose={() => setPicking(false)}
          onChoose={(pieces) => { writing.change({ pieces }); setPicking(false); }} />
      )}
    </>
  );
}
