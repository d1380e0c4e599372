"use client";

import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input, Textarea } from "@/components/ui/field";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";
import { parsePrice, useFormats } from "@/shell/formats";

import { type Piece, usePiecesChanged } from "./queries";

/** Name, price, description and what is few; what another person changed meanwhile is never overwritten unseen. */
export function PieceFields(props: { piece: Piece; version: string; readOnly: boolean }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = usePiecesChanged();
  const { currency, digits } = useFormats();
  const { piece } = props;
  const [name, setName] = useState(piece.name);
  const [price, setPrice] = useState(String(piece.price_minor / 10 ** digits));
  const [description, setDescription] = useState(piece.description);
  const [few, setFew] = useState(piece.low_stock_at === null ? "" : String(piece.low_stock_at));
  const minor = parsePrice(price, digits);
  const lowAt = few === "" ? null : Number(few);
  const edited = name !== piece.name || minor !== piece.price_minor || description !== piece.description || lowAt !== piece.low_stock_at;

  const save = api.useMutation("patch", "/boutiques/{boutique_id}/products/{product_id}", {
    onSuccess: () => {
      toast.success(t("pieces.saved"));
      void changed();
    },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (minor === null) return;
    save.mutate({
      params: { path: { ...path, product_id: piece.id }, header: { "if-match": props.version } },
      body: { name, price_minor: minor, description, low_stock_at: lowAt },
    });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t("pieces.name")} error={remedyFor(save.error, "name")}>
        {(wired) => <Input {...wired} required maxLength={120} disabled={props.readOnly} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={t("pieces.price", { currency })} error={minor === null ? t("pieces.priceWrong") : undefined}>
        {(wired) => <Input {...wired} required inputMode="decimal" disabled={props.readOnly} value={price} onChange={(event) => setPrice(event.target.value)} />}
      </Field>
      <Field label={t("pieces.description")} hint={t("pieces.descriptionHint")}>
        {(wired) => <Textarea {...wired} maxLength={1000} disabled={props.readOnly} value={description} onChange={(event) => setDescription(event.target.value)} />}
      </Field>
      <Field label={t("pieces.lowAt")} hint={t("pieces.lowAtHint")}>
        {(wired) => <Input {...wired} inputMode="numeric" disabled={props.readOnly} value={few} className="w-32"
          onChange={(event) => setFew(event.target.value.replace(/\D/g, "").slice(0, 3))} />}
      </Field>
      {edited && !props.readOnly && (
        <Button type="submit" busy={save.isPending} disabled={minor === null} className="self-start">{t("common.save")}</Button>
      )}
    </form>
  );
}
