"use client";

import { useTranslations } from "use-intl";

import { Picture } from "@/components/picture";
import { Badge } from "@/components/ui/badge";
import { Row } from "@/components/ui/row";
import { useWords } from "@/components/words";
import { useFormats } from "@/shell/formats";

import type { PieceRowData } from "./queries";

const FEW = 3;

export function PieceRow(props: { piece: PieceRowData; open?: boolean; onOpen: () => void }) {
  const t = useTranslations("pieces");
  const { money } = useFormats();
  const { kind } = useWords();
  const { piece } = props;
  return (
    <Row
      open={props.open}
      onOpen={props.onOpen}
      before={<Picture url={piece.picture_url} srcset={piece.picture_srcset} className="h-14 w-12" />}
      title={piece.name}
      aside={<span className="font-medium">{money(piece.price_minor)}</span>}
      below={<>{kind(piece.category)} · {piece.sku}</>}
      belowAside={
        !piece.active ? <Badge>{t("archived")}</Badge>
        : piece.available === 0 ? <Badge tone="risk">{t("soldOut")}</Badge>
        : piece.available <= FEW ? <Badge tone="waits">{t("left", { count: piece.available })}</Badge>
        : <span>{t("left", { count: piece.available })}</span>
      }
    />
  );
}
