"use client";

import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useWords } from "@/components/words";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { formatsOf, useFormats } from "@/shell/formats";

import { type Item, type Piece, useKeepOurs, useTakeTheirs } from "./queries";

type Drift = Item["drift"][number];
const KINDS: Drift[] = ["title", "price", "availability", "missing"];
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
          {piece.takeable && <Button look="outline" size="sm" busy={take.isPending} disabled={keep.isPending} onClick={() => take.mutate({ params: { path }, body: { theirs_digest: piece.theirs_digest } }, told(t("taken")))}>{t("takeTheirs")}</Button>}
        </div>
      )}
    </div>
  );
}

const NAMED = 2; // colours and sizes of a line; the others are counted

/** What differs in the same way is one line; without its colours and sizes where it is all of them. */
function useLines(piece: Piece, items: Item[], currency: string): Line[] {
  const t = useTranslations("catalogue");
  const { money } = useFormats();
  const { colour } = useWords();
  const values = (item: Item, kind: Drift): [string, string] => {
    switch (kind) {
      case "title": return [piece.name, item.theirs?.name || "—"];
      case "price": return [item.price_minor === null ? "—" : money(item.price_minor), theirPrice(item, currency, money)];
      case "availability": return [t(item.in_stock ? "inStock" : "soldOut"), t(item.theirs?.in_stock ? "inStock" : "soldOut")];
      case "missing": return [t("isThere"), t("isMissing")];
    }
  };
  const same = new Map<string, { kind: Drift; ours: string; theirs: string; of: string[] }>();
  for (const kind of KINDS) {
    for (const item of items.filter((one) => one.drift.includes(kind))) {
      const [ours, theirs] = values(item, kind);
      const key = `${kind} ${ours} ${theirs}`;
      const line = same.get(key) ?? { kind, ours, theirs, of: [] };
      line.of.push([item.colour && colour(item.colour), item.size].filter(Boolean).join(" "));
      same.set(key, line);
    }
  }
  return [...same].map(([key, { kind, ours, theirs, of }]) => {
    const rest = of.length - NAMED;
    const which = of.length === piece.items.length ? [] : [...of.slice(0, NAMED), ...(rest > 0 ? [t("andMore", { count: rest })] : [])];
    return { key, of: [t(`drifts.${kind}`), which.join(", ")].filter(Boolean).join(" · "), ours, theirs };
  });
}

function theirPrice(item: Item, currency: string, money: (minor: number) => string): string {
  const theirs = item.theirs;
  if (!theirs || theirs.price_minor === null) return "—";
  if (theirs.currency === currency || theirs.currency === null) return money(theirs.price_minor);
  return formatsOf("en", theirs.currency, "UTC").money(theirs.price_minor);
}
