"use client";

import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useWords } from "@/components/words";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { formatsOf, useFormats } from "@/shell/formats";

import { type Item, type Piece, useKeepOurs, useTakeTheirs } from "./queries";

type Line = { key: string; of: string; ours: string; theirs: string };

/** Ours and Meta's side by side, and which shall count. Stock is counted here and only sent again. */
export function Differences({ piece, items, currency }: { piece: Piece; items: Item[]; currency: string }) {
  const t = useTranslations("catalogue");
  const path = { ...useBoutiquePath(), product_id: piece.product_id };
  const owner = useBoutique().role === "owner";
  const take = useTakeTheirs();
  const keep = useKeepOurs();
  const lines = useLines(piece, items, currency);
  const told = (done: string) => ({
    onSuccess: () => void toast.success(done),
    onError: (error: unknown) => void toast.error(isProblem(error) ? error.detail : t("failed")),
  });
  return (
    <div className="flex flex-col gap-3 rounded-xl bg-amber-soft p-3">
      <table className="w-full table-fixed text-left text-base">
        <caption className="sr-only">{t("differences", { name: piece.name })}</caption>
        <thead className="text-xs text-amber">
          <tr><th scope="col" className="w-1/3 pb-1 font-medium">{t("what")}</th><th scope="col" className="pb-1 font-medium">{t("here")}</th><th scope="col" className="pb-1 font-medium">{t("there")}</th></tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key} className="align-top">
              <th scope="row" className="py-1 pr-2 text-xs font-normal break-words text-amber">{line.of}</th>
              <td className="py-1 pr-2 break-words">{line.ours}</td>
              <td className="py-1 font-medium break-words">{line.theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {owner && (
        <div className="flex flex-wrap gap-2">
          <Button look="outline" size="sm" busy={keep.isPending} disabled={take.isPending} onClick={() => keep.mutate({ params: { path } }, told(t("kept")))}>{t("keepOurs")}</Button>
          {piece.takeable && <Button look="outline" size="sm" busy={take.isPending} disabled={keep.isPending} onClick={() => take.mutate({ params: { path } }, told(t("taken")))}>{t("takeTheirs")}</Button>}
        </div>
      )}
    </div>
  );
}

function useLines(piece: Piece, items: Item[], currency: string): Line[] {
  const t = useTranslations("catalogue");
  const { money } = useFormats();
  const { colour } = useWords();
  const lines: Line[] = [];
  for (const item of items) {
    const which = [item.colour && colour(item.colour), item.size].filter(Boolean).join(", ");
    const add = (kind: Item["drift"][number], ours: string, theirs: string) =>
      lines.push({ key: `${item.retailer_id} ${kind}`, of: `${t(`drifts.${kind}`)} · ${which}`, ours, theirs });
    if (item.drift.includes("price")) add("price", item.price_minor === null ? "—" : money(item.price_minor), theirPrice(item, currency, money));
    if (item.drift.includes("availability")) add("availability", t(item.in_stock ? "inStock" : "soldOut"), t(item.theirs?.in_stock ? "inStock" : "soldOut"));
    if (item.drift.includes("missing")) add("missing", t("isThere"), t("isMissing"));
  }
  // One name of a piece is the same in all its colours and sizes.
  const names = new Set(items.filter((item) => item.drift.includes("title")).map((item) => item.theirs?.name ?? ""));
  return [...[...names].map((name) => ({ key: `title ${name}`, of: t("drifts.title"), ours: piece.name, theirs: name || "—" })), ...lines];
}

function theirPrice(item: Item, currency: string, money: (minor: number) => string): string {
  const theirs = item.theirs;
  if (!theirs || theirs.price_minor === null) return "—";
  if (theirs.currency === currency || theirs.currency === null) return money(theirs.price_minor);
  return formatsOf("en", theirs.currency, "UTC").money(theirs.price_minor);
}
