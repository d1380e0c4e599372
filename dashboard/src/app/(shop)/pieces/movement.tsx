"use client";

import { Minus, Plus } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";
import { useWords } from "@/components/words";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";

import { type Piece, usePiecesChanged, type Variant } from "./queries";
import { VariantEdits } from "./variant-edits";

const CAME = ["restock", "return", "adjustment"] as const;
const WENT = ["damaged", "adjustment"] as const;
type Reason = (typeof CAME)[number] | (typeof WENT)[number];

/** How many of a colour and size there are now, and why; below, what an owner changes of it. */
export function Movement({ piece, version, variant, onClose }: { piece: Piece; version: string; variant: Variant; onClose: () => void }) {
  const t = useTranslations();
  const { colour } = useWords();
  const isOwner = useBoutique().role === "owner";
  const path = { ...useBoutiquePath(), product_id: piece.id, variant_id: variant.id };
  const changed = usePiecesChanged();
  const [delta, setDelta] = useState(0);
  const [chosen, setChosen] = useState<Reason | null>(null);
  const key = useRef(newKey());
  const reasons: readonly Reason[] = delta < 0 ? WENT : CAME;
  const reason = chosen && reasons.includes(chosen) ? chosen : (reasons[0] ?? "adjustment");
  const move = api.useMutation("post", "/boutiques/{boutique_id}/products/{product_id}/variants/{variant_id}/stock-movements", {
    onSuccess: () => {
      onClose();
      void changed();
    },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("pieces.notSent")),
  });
  const count = variant.on_hand + delta;
  const type = (typed: string) => setDelta(Number(typed.replace(/\D/g, "").slice(0, 5)) - variant.on_hand);
  return (
    <Sheet open onOpenChange={onClose} close={t("common.close")} title={`${colour(variant.colour)} · ${variant.size}`}
      footer={<Button busy={move.isPending} disabled={delta === 0}
        onClick={() => move.mutate({ params: { path, header: { "idempotency-key": key.current } }, body: { delta, reason } })}>
        {t("pieces.move")}
      </Button>}>
      <p className="text-soft">{t("pieces.onHand", { count: variant.on_hand, reserved: variant.reserved })}</p>
      <div className="my-6 flex items-center justify-center gap-5">
        <Button look="outline" size="icon" aria-label={t("pieces.fewer")} disabled={count <= variant.reserved} onClick={() => setDelta(delta - 1)}>
          <Minus aria-hidden />
        </Button>
        <input aria-label={t("pieces.counted")} inputMode="numeric" value={count} onChange={(event) => type(event.target.value)}
          onFocus={(event) => event.target.select()}
          className="w-24 rounded-xl border border-line bg-raised py-1 text-center text-2xl font-semibold focus:border-green focus:outline-none" />
        <Button look="outline" size="icon" aria-label={t("pieces.oneMore")} onClick={() => setDelta(delta + 1)}>
          <Plus aria-hidden />
        </Button>
      </div>
      <Segmented label={t("pieces.reason")} value={reason} onChange={setChosen}
        segments={reasons.map((value) => ({ value, label: t(`pieces.reasons.${value}`) }))} />
      {isOwner && <VariantEdits piece={piece} version={version} variant={variant} onDone={onClose} />}
    </Sheet>
  );
}
