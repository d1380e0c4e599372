"use client";

import { useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";
import { useWords } from "@/components/words";
import { useBoutiquePath } from "@/shell/boutique";

import { Chips, ordered } from "./add/chips";
import { SizeGrid } from "./add/size-grid";
import { bySize, COLOURS, type Grid, gridOf, sizesOf, unitsOf } from "./add/sizes";
import { newOnes } from "./new-ones";
import { type Piece, usePiecesChanged } from "./queries";

const FEW = 5;

/** Colours and sizes that come to a piece: only those it has not yet are asked for. */
export function GridSheet({ piece, onClose }: { piece: Piece; onClose: () => void }) {
  const t = useTranslations();
  const { colour: word } = useWords();
  const path = { ...useBoutiquePath(), product_id: piece.id };
  const changed = usePiecesChanged();
  const made = piece.variants.filter((one) => !one.retired);
  const own = [...new Set(made.map((one) => one.colour))];
  const [colours, setColours] = useState<string[]>(own.slice(0, 1));
  const [all, setAll] = useState(false);
  const [extra, setExtra] = useState<string[]>([]);
  const [units, setUnits] = useState<Grid>({});
  const key = useRef({ of: "", key: "" });
  const sizes = [...new Set([...made.map((one) => one.size), ...sizesOf(piece.category), ...extra])].sort(bySize);
  const grid = newOnes(gridOf(colours, sizes, units), made);
  const stock = Object.fromEntries(Object.entries(grid)
    .map(([name, row]) => [name, Object.fromEntries(Object.entries(row).filter(([, count]) => count > 0))] as const)
    .filter(([, row]) => Object.keys(row).length > 0));
  const count = unitsOf(stock);
  const add = api.useMutation("post", "/boutiques/{boutique_id}/products/{product_id}/variant-grid", {
    onSuccess: () => {
      toast.success(t("pieces.saved"));
      onClose();
      void changed();
    },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("pieces.notSent")),
  });
  const send = () => {
    const of = JSON.stringify(stock);
    if (key.current.of !== of) key.current = { of, key: newKey() };
    add.mutate({ params: { path, header: { "idempotency-key": key.current.key } }, body: { stock } });
  };
  return (
    <Sheet open onOpenChange={onClose} close={t("common.close")} title={t("pieces.addSizes")}
      footer={<Button busy={add.isPending} disabled={count === 0} onClick={send}>{t("pieces.addUnits", { count })}</Button>}>
      <div className="flex flex-col gap-5">
        <Chips label={t("pieces.whichColours")} name={word} chosen={colours} values={ordered(COLOURS, [...own, ...colours], all ? COLOURS.length + own.length : own.length + FEW)}
          onToggle={(name) => setColours(colours.includes(name) ? colours.filter((one) => one !== name) : [...colours, name])} />
        {!all && <Button look="link" size="sm" className="-mt-3 self-start px-0" onClick={() => setAll(true)}>{t("pieces.allColours")}</Button>}
        {colours.length > 0 && (
          <SizeGrid grid={grid} onAddSize={(size) => setExtra([...extra, size])}
            onChange={(name, size, value) => setUnits({ ...units, [name]: { ...units[name], [size]: value } })} />
        )}
        <p className="text-xs text-soft">{t("pieces.onlyNew")}</p>
      </div>
    </Sheet>
  );
}
