"use client";

import { Archive, ArchiveRestore, Copy, History, MoreVertical } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toaster";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { useUrl } from "@/shell/url";

import { type Piece, usePiecesChanged } from "./queries";

/** A copy to begin the next piece with; and off the shelf, with a way back in the toast. */
export function PieceMenu({ piece, version }: { piece: Piece; version: string }) {
  const t = useTranslations();
  const { change: open } = useUrl();
  const router = useRouter();
  const owner = useBoutique().role === "owner";
  const path = { ...useBoutiquePath(), product_id: piece.id };
  const changed = usePiecesChanged();
  const key = useRef(newKey());
  const told = { onError: (error: unknown) => void toast.error(isProblem(error) ? error.detail : t("common.failed")) };
  const copy = api.useMutation("post", "/boutiques/{boutique_id}/products/{product_id}/copies", {
    ...told,
    onSuccess: (made) => {
      key.current = newKey();
      toast.success(t("pieces.copied", { name: made.name }));
      void changed();
      open({ id: made.id, filter: null, search: null });
    },
  });
  const change = api.useMutation("patch", "/boutiques/{boutique_id}/products/{product_id}", { ...told, onSuccess: () => void changed() });
  const set = (active: boolean, ifMatch: string) => change.mutate(
    { params: { path, header: { "if-match": ifMatch } }, body: { active } },
    { onSuccess: () => {
      if (!active) toast(t("pieces.isArchived"), { action: { label: t("common.undo"), onClick: () => set(true, "*") } });
    } },
  );
  return (
    <Menu trigger={<Button look="quiet" size="icon" aria-label={t("pieces.actions")} busy={copy.isPending || change.isPending}>
      {copy.isPending || change.isPending ? null : <MoreVertical aria-hidden />}
    </Button>}>
      <MenuItem onSelect={() => copy.mutate({ params: { path, header: { "idempotency-key": key.current } }, body: {} })}>
        <Copy aria-hidden /> {t("pieces.duplicate")}
      </MenuItem>
      {owner && (
        <MenuItem onSelect={() => router.push(`/settings/changes?thing=products:${piece.id}`)}>
          <History aria-hidden /> {t("common.changes")}
        </MenuItem>
      )}
      <MenuItem onSelect={() => set(!piece.active, version)}>
        {piece.active ? <Archive aria-hidden /> : <ArchiveRestore aria-hidden />}
        {t(piece.active ? "pieces.archive" : "pieces.sellAgain")}
      </MenuItem>
    </Menu>
  );
}
