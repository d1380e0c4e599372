"use client";

import { CircleOff } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem, remedyFor } from "@/api/problem";
import { api } from "@/api/client";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";
import { parsePrice, useFormats } from "@/shell/formats";

import { type Piece, usePiecesChanged, type Variant } from "./queries";

/** A size's name and its own price, and its end: what it sold and moved stays with it. */
export function VariantEdits({ piece, version, variant, onDone }: { piece: Piece; version: string; variant: Variant; onDone: () => void }) {
  const t = useTranslations();
  const { currency, digits, money } = useFormats();
  const path = { ...useBoutiquePath(), product_id: piece.id, variant_id: variant.id };
  const changed = usePiecesChanged();
  const [size, setSize] = useState(variant.size);
  const [price, setPrice] = useState(variant.price_minor === null ? "" : String(variant.price_minor / 10 ** digits));
  const minor = price.trim() ? parsePrice(price, digits) : null;
  const wrong = price.trim() !== "" && minor === null;
  const edited = size.trim() !== variant.size || minor !== variant.price_minor;
  const change = api.useMutation("patch", "/boutiques/{boutique_id}/products/{product_id}/variants/{variant_id}", {
    onSuccess: () => {
      toast.success(t("pieces.saved"));
      onDone();
      void changed();
    },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("pieces.notSent")),
  });
  const send = (body: { size?: string; price_minor?: number | null; retired?: boolean }) =>
    change.mutate({ params: { path, header: { "if-match": version } }, body });
  return (
    <details className="group mt-6 border-t pt-3">
      <summary className="flex min-h-12 cursor-pointer items-center font-medium">{t("pieces.editSize")}</summary>
      <div className="flex flex-col gap-4 pt-1">
        <div className="grid grid-cols-2 gap-3">
          <Field label={t("pieces.size")} error={remedyFor(change.error, "size")}>
            {(wired) => <Input {...wired} maxLength={12} value={size} onChange={(event) => setSize(event.target.value)} />}
          </Field>
          <Field label={t("pieces.ownPrice", { currency })} error={wrong ? t("pieces.priceWrong") : undefined}>
            {(wired) => <Input {...wired} inputMode="decimal" placeholder={money(piece.price_minor)} value={price} onChange={(event) => setPrice(event.target.value)} />}
          </Field>
        </div>
        <Button look="outline" busy={change.isPending} disabled={!edited || wrong || !size.trim()} onClick={() => send({ size: size.trim(), price_minor: minor })}>
          {t("common.save")}
        </Button>
        <Button look="quiet" disabled={variant.on_hand > 0} onClick={() => send({ retired: true })}>
          <CircleOff aria-hidden /> {t("pieces.retire")}
        </Button>
        {variant.on_hand > 0 && <p className="text-center text-xs text-soft">{t("pieces.retireText")}</p>}
      </div>
    </details>
  );
}
