"use client";

import { useTranslations } from "use-intl";

import { Skeleton } from "@/components/ui/skeleton";
import { useWords } from "@/components/words";
import { useBoutique } from "@/shell/boutique";
import { DetailHead } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { Cost } from "./cost";
import { History } from "./history";
import { PieceFields } from "./piece-fields";
import { PieceMenu } from "./piece-menu";
import { Pictures } from "./pictures";
import { usePiece } from "./queries";
import { Stock } from "./stock";

export function PieceDetail(props: { id: string; onClose: () => void }) {
  const t = useTranslations("pieces");
  const { kind } = useWords();
  const { money } = useFormats();
  const isOwner = useBoutique().role === "owner";
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
        below={<>{money(piece.price_minor)} · {kind(piece.category)} · {piece.sku}</>}
        actions={isOwner && <PieceMenu piece={piece} version={version} />}
        onClose={props.onClose}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 wide:p-6">
          <Pictures piece={piece} readOnly={!isOwner} />
          <Stock piece={piece} version={version} />
          <PieceFields key={version} piece={piece} version={version} readOnly={!isOwner} />
          {isOwner && <Cost piece={piece} />}
          <History pieceId={piece.id} />
        </div>
      </div>
    </>
  );
}
