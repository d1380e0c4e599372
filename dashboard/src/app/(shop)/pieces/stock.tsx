"use client";

import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/words";
import { useBoutique } from "@/shell/boutique";
import { Section } from "@/shell/detail";

import { ColourSheet } from "./colour-sheet";
import { GridSheet } from "./grid-sheet";
import { Movement } from "./movement";
import type { Piece, Variant } from "./queries";
import { bySize } from "./add/sizes";

/** The colours and sizes with what is left of each; a tap moves its stock, with a reason. */
export function Stock({ piece, version }: { piece: Piece; version: string }) {
  const t = useTranslations("pieces");
  const { colour } = useWords();
  const isOwner = useBoutique().role === "owner";
  const [openId, setOpenId] = useState<string | null>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const made = piece.variants.filter((one) => !one.retired);
  const retired = piece.variants.filter((one) => one.retired);
  const colours = [...new Set(made.map((one) => one.colour))];
  const open = piece.variants.find((one) => one.id === openId);
  return (
    <Section title={t("stock")}
      aside={isOwner && <Button look="link" size="sm" className="-my-2 px-1" onClick={() => setAdding(true)}><Plus aria-hidden /> {t("addSizes")}</Button>}>
      <ul className="divide-y">
        {colours.map((name) => (
          <li key={name} className="p-3">
            <div className="flex min-h-8 items-center gap-1 px-1 text-xs font-medium text-soft">
              {colour(name)}
              {isOwner && (
                <Button look="quiet" size="small" aria-label={t("renameColour", { colour: colour(name) })} className="-my-1 text-soft [&_svg]:size-4" onClick={() => setRenaming(name)}>
                  <Pencil aria-hidden />
                </Button>
              )}
            </div>
            <div className="mt-1 flex flex-wrap gap-2">
              {made.filter((one) => one.colour === name).sort((a, b) => bySize(a.size, b.size)).map((variant) => (
                <SizeButton key={variant.id} variant={variant} onOpen={() => setOpenId(variant.id)} />
              ))}
            </div>
          </li>
        ))}
        {retired.length > 0 && (
          <li className="p-4 text-xs text-soft">{t("retired", { list: retired.map((one) => `${colour(one.colour)} ${one.size}`).join(", ") })}</li>
        )}
      </ul>
      {open && <Movement key={open.id} piece={piece} version={version} variant={open} onClose={() => setOpenId(null)} />}
      {renaming && <ColourSheet piece={piece} version={version} colour={renaming} onClose={() => setRenaming(null)} />}
      {adding && <GridSheet piece={piece} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function SizeButton({ variant, onOpen }: { variant: Variant; onOpen: () => void }) {
  const t = useTranslations("pieces");
  const { colour } = useWords();
  const gone = variant.available <= 0;
  return (
    <button type="button" onClick={onOpen}
      aria-label={t("stockOf", { colour: colour(variant.colour), size: variant.size, count: variant.available })}
      className={cn("flex h-12 min-w-16 items-center justify-between gap-3 rounded-xl border px-3 transition-colors hover:border-green",
        gone ? "border-red/40 bg-red-soft" : variant.low && "border-amber/30 bg-amber-soft")}>
      <span className="font-medium">{variant.size}</span>
      <span className={gone ? "text-red" : variant.low ? "text-amber" : "text-soft"}>{variant.available}</span>
    </button>
  );
}
