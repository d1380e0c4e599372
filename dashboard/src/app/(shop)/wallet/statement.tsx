"use client";

import {
  ArrowDownToLine, CircleAlert, CircleCheck, Gift, LockKeyhole, LockKeyholeOpen, type LucideIcon, ReceiptText, Send, Smartphone, Undo2,
} from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { useFormatter, useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { RowList } from "@/components/rows";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { save } from "@/receipts/file";
import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";
import { useChoice } from "@/shell/url";

import { fetchStatement, FILTERS, type Move, useMoves, useTokenMoney } from "./queries";

const ICONS: Record<Move["kind"], LucideIcon> = {
  top_up: Smartphone, grant: Gift, hold: LockKeyhole, release: LockKeyholeOpen, accept: Send,
  settle: CircleCheck, give_back: Undo2, expire: Undo2, late: CircleAlert, lose: CircleAlert,
};

/** Every move of tokens, newest first. */
export function Statement() {
  const t = useTranslations();
  const { boutique_id } = useBoutique();
  const [filter, choose] = useChoice("filter", FILTERS);
  const [saving, setSaving] = useState(false);
  const download = async () => {
    setSaving(true);
    try {
      save(await fetchStatement(boutique_id, filter, t("wallet.title")));
    } catch {
      toast.error(t("common.failed"));
    } finally {
      setSaving(false);
    }
  };
  return (
    <section aria-labelledby="wallet-statement" className="overflow-hidden rounded-2xl border bg-surface">
      <div className="flex items-center gap-2 pl-4 pr-2 pt-2">
        <h2 id="wallet-statement" className="flex-1 font-medium">{t("wallet.statement")}</h2>
        <Button look="quiet" size="icon" busy={saving} aria-label={t("wallet.download")} onClick={() => void download()}>
          {!saving && <ArrowDownToLine aria-hidden />}
        </Button>
      </div>
      <div className="overflow-hidden border-b px-4 pb-3">
        <Segmented label={t("wallet.which")} value={filter} onChange={choose}
          segments={FILTERS.map((value) => ({ value, label: t(`wallet.filters.${value}`) }))} />
      </div>
      <RowList of={useMoves(filter)} label={t("wallet.statement")} row={(move) => <MoveRow move={move} />}
        empty={<Empty picture={<ReceiptText aria-hidden />} text={t("wallet.none")} />} />
    </section>
  );
}

function MoveRow({ move }: { move: Move }) {
  const t = useTranslations("wallet");
  const format = useFormatter();
  const { full } = useFormats();
  const money = useTokenMoney();
  const Icon = ICONS[move.kind];
  const more = [
    full(move.at),
    move.amount_minor !== null && money(move.amount_minor),
    move.receipt,
    move.note,
  ].filter(Boolean);
  return (
    <div className="flex min-h-19 items-center gap-3 px-4 py-3">
      <span className={cn("grid size-10 shrink-0 place-items-center rounded-xl", move.change > 0 ? "bg-green-soft text-green-ink" : "bg-sunk text-ink")}>
        <Icon aria-hidden className="size-5" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="line-clamp-2 font-medium">{t(`kinds.${move.kind}`)}</span>
        {move.campaign_id && move.campaign_name && (
          <Link href={`/campaigns?id=${move.campaign_id}`} className="block truncate py-0.5 text-green-ink underline-offset-2 hover:underline">{move.campaign_name}</Link>
        )}
        <span className="mt-0.5 block truncate text-xs text-soft">{more.join(" · ")}</span>
      </span>
      <span className="shrink-0 text-right tabular-nums">
        <span className={cn("block font-medium", move.change > 0 && "text-green-ink")}>
          {move.change === 0 ? t("moved", { count: format.number(move.tokens) }) : format.number(move.change, { signDisplay: "exceptZero" })}
        </span>
        <span className="mt-0.5 block text-xs text-soft">{t("then", { count: format.number(move.available_after) })}</span>
      </span>
    </div>
  );
}
