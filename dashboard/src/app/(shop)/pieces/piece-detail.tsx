"use client";

import { Archive, ArchiveRestore } from "lucide-react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Picture } from "@/components/picture";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useWords } from "@/components/words";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { DetailHead } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { PieceFields } from "./piece-fields";
import { type Piece, usePiece, usePiecesChanged } from "./queries";
import { Stock } from "./stock";

export function PieceDetail(props: { id: string; onClose: () => void }) {
  const t = useTranslations("pieces");
  const { kind } = useWords();
  const { role } = useBoutique();
  const { data, error } = usePiece(props.id);
  if (!data) {
    return (
      <>
        <DetailHead title={t("piece")} onClose={props.onClose} />
        <div className="space-y-4 p-5">
          {error ? <p role="alert">{t("gone")}</p> : [0, 1, 2].map((n) => <Skeleton key={n} className="h-32 rounded-2xl" />)}
        </div>
      </>
    );
  }
  const { piece, version } = data;
  return (
    <>
      <DetailHead
        title={piece.name}
        below={<>{kind(piece.category)} · {piece.sku}</>}
        actions={piece.active ? null : <Badge>{t("archived")}</Badge>}
        onClose={props.onClose}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 wide:p-6">
          <Pictures piece={piece} />
          <PieceFields key={version} piece={piece} version={version} readOnly={role !== "owner"} />
          <Stock piece={piece} />
          {role === "owner" && <Shelf piece={piece} version={version} />}
        </div>
      </div>
    </>
  );
}

function Pictures({ piece }: { piece: Piece }) {
  const { colour } = useWords();
  const { money } = useFormats();
  return (
    <div className="flex items-end gap-4">
      <ul className="flex min-w-0 flex-1 gap-2 overflow-x-auto">
        {piece.pictures.map((picture) => (
          <li key={picture.id} className="shrink-0">
            <Picture url={picture.url} srcset={picture.srcset} sizes="144px" alt={`${piece.name}, ${picture.colour ? colour(picture.colour) : ""}`} className="h-44 w-36 rounded-2xl" />
            {picture.colour && <p className="mt-1 text-xs text-soft">{colour(picture.colour)}</p>}
          </li>
        ))}
        {piece.pictures.length === 0 && <li><Picture url={null} className="h-44 w-36 rounded-2xl" /></li>}
      </ul>
      <p className="shrink-0 self-start text-xl font-semibold tracking-tight">{money(piece.price_minor)}</p>
    </div>
  );
}

/** Takes the piece off the shelf, with a way back in the toast. */
function Shelf({ piece, version }: { piece: Piece; version: string }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = usePiecesChanged();
  const change = api.useMutation("patch", "/boutiques/{boutique_id}/products/{product_id}", {
    onSuccess: () => void changed(),
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  const set = (active: boolean, ifMatch: string) => change.mutate({
    params: { path: { ...path, product_id: piece.id }, header: { "if-match": ifMatch } },
    body: { active },
  }, {
    onSuccess: () => {
      if (!active) toast(t("pieces.isArchived"), { action: { label: t("common.undo"), onClick: () => set(true, "*") } });
    },
  });
  return (
    <Button look="quiet" busy={change.isPending} onClick={() => set(!piece.active, version)} className="self-start">
      {piece.active ? <Archive aria-hidden /> : <ArchiveRestore aria-hidden />}
      {t(piece.active ? "pieces.archive" : "pieces.sellAgain")}
    </Button>
  );
}
