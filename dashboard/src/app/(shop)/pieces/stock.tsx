"use client";

import { Minus, Plus } from "lucide-react";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { Sheet } from "@/components/ui/sheet";
import { useWords } from "@/components/words";
import { useBoutiquePath } from "@/shell/boutique";
import { Section } from "@/shell/detail";

import { type Piece, usePiecesChanged } from "./queries";

type Variant = Piece["variants"][number];
const REASONS = ["restock", "return", "adjustment"] as const;

/** The colours and sizes with what is left of each; a tap moves its stock, with a reason. */
export function Stock({ piece }: { piece: Piece }) {
  const t = useTranslations("pieces");
  const { colour } = useWords();
  const [moving, setMoving] = useState<Variant | null>(null);
  const colours = [...new Set(piece.variants.map((one) => one.colour))];
  return (
    <Section title={t("stock")}>
      <ul className="divide-y">
        {colours.map((name) => (
          <li key={name} className="flex flex-wrap items-center gap-2 p-3">
            <span className="w-full px-1 text-xs font-medium text-soft">{colour(name)}</span>
            {piece.variants.filter((one) => one.colour === name).map((variant) => (
              <button key={variant.id} type="button" onClick={() => setMoving(variant)}
                aria-label={t("stockOf", { colour: colour(name), size: variant.size, count: variant.available })}
                className={cn("flex h-12 min-w-16 items-center justify-between gap-3 rounded-xl border px-3 transition-colors hover:border-green",
                  variant.available === 0 && "border-red/40 bg-red-soft",
                  variant.available > 0 && variant.available <= 2 && "border-amber/30 bg-amber-soft")}>
                <span className="font-medium">{variant.size}</span>
                <span className={variant.available === 0 ? "text-red" : variant.available <= 2 ? "text-amber" : "text-soft"}>
                  {variant.available}
                </span>
              </button>
            ))}
          </li>
        ))}
      </ul>
      {moving && <Movement piece={piece} variant={moving} onClose={() => setMoving(null)} />}
    </Section>
  );
}

function Movement({ piece, variant, onClose }: { piece: Piece; variant: Variant; onClose: () => void }) {
  const t = useTranslations();
  const { colour } = useWords();
  const path = useBoutiquePath();
  const changed = usePiecesChanged();
  const [delta, setDelta] = useState(0);
  const [reason, setReason] = useState<(typeof REASONS)[number]>("restock");
  const key = useRef(newKey());
  const move = api.useMutation("post", "/boutiques/{boutique_id}/products/{product_id}/variants/{variant_id}/stock-movements", {
    onSuccess: () => {
      onClose();
      void changed();
    },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  const send = () => move.mutate({
    params: {
      path: { ...path, product_id: piece.id, variant_id: variant.id },
      header: { "idempotency-key": key.current },
    },
    body: { delta, reason },
  });
  return (
    <Sheet open onOpenChange={onClose} close={t("common.close")} title={`${colour(variant.colour)} · ${variant.size}`}
      footer={<Button busy={move.isPending} disabled={delta === 0} onClick={send}>{t("pieces.move")}</Button>}>
      <p className="text-soft">{t("pieces.onHand", { count: variant.on_hand, reserved: variant.reserved })}</p>
      <div className="my-6 flex items-center justify-center gap-6">
        <Button look="outline" size="icon" aria-label={t("pieces.fewer")} disabled={variant.on_hand + delta <= 0}
          onClick={() => { setDelta(delta - 1); if (delta <= 0) setReason("adjustment"); }}>
          <Minus aria-hidden />
        </Button>
        <output className="w-20 text-center text-2xl font-semibold">{variant.on_hand + delta}</output>
        <Button look="outline" size="icon" aria-label={t("pieces.oneMore")}
          onClick={() => { setDelta(delta + 1); if (delta === -1) setReason("restock"); }}>
          <Plus aria-hidden />
        </Button>
      </div>
      <div className="px-4">
        <Segmented label={t("pieces.reason")} value={reason} onChange={setReason}
          segments={REASONS.filter((one) => delta >= 0 || one === "adjustment").map((value) => ({ value, label: t(`pieces.reasons.${value}`) }))} />
      </div>
    </Sheet>
  );
}
