"use client";

import { CircleX, Pause, PencilLine, Play, Send } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import { useBoutique } from "@/shell/boutique";

import type { Campaign, Status } from "../queries";
import { type Move, useMove } from "./use-move";

const MOVES: Partial<Record<Status, Move[]>> = {
  scheduled: ["cancel"],
  sending: ["cancel", "pause"],
  paused: ["cancel", "resume"],
  missed: ["cancel", "send_late"],
};
const ICONS = { pause: Pause, resume: Play, cancel: CircleX, send_late: Send };

/** What can be done with it as it stands; what cannot be taken back is asked for twice. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const t = useTranslations();
  const { role } = useBoutique();
  const [sure, setSure] = useState(false);
  const { move, busy } = useMove(campaign.id, {
    onDone: (done, short) => {
      setSure(false);
      if (short > 0) toast.warning(t("campaigns.resumedShort", { tokens: short }));
      else toast.success(t(`campaigns.moved.${done}`));
    },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  const moves = MOVES[campaign.status] ?? [];
  if (role !== "owner" || (moves.length === 0 && campaign.status !== "draft")) return null;
  return (
    <footer className="flex shrink-0 gap-2 border-t bg-surface px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3 *:flex-1 wide:justify-end wide:px-6 wide:*:flex-none">
      {campaign.status === "draft" && (
        <Button asChild><Link href={`/campaigns/write?id=${campaign.id}&step=message`}><PencilLine aria-hidden /> {t("campaigns.goOn")}</Link></Button>
      )}
      {moves.map((one) => {
        const Icon = ICONS[one];
        return (
          <Button key={one} look={one === "cancel" ? "outline" : "main"} busy={busy === one}
            onClick={() => (one === "cancel" ? setSure(true) : move(one))}>
            <Icon aria-hidden /> {t(`campaigns.move.${one}`)}
          </Button>
        );
      })}
      <Sheet open={sure} onOpenChange={setSure} title={t("campaigns.cancelTitle")} close={t("common.close")}
        footer={<Button look="danger" busy={busy === "cancel"} onClick={() => move("cancel")}>{t("campaigns.cancelSure")}</Button>}>
        <p>{t("campaigns.cancelText")}</p>
      </Sheet>
    </footer>
  );
}
