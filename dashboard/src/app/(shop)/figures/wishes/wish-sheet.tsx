"use client";

import { BookOpenText, ChevronRight, Languages, type LucideIcon, MapPin, MessageSquareText, Shirt, Store } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import type { Days } from "../range";
import { type Fix, FIXES, GRANTED, inSheet, pageOf, type SheetFix } from "./fixes";
import { type How, useTimes, type Wish } from "./queries";
import { textOf, useWishWords } from "./wish-words";

const ICONS: Record<Fix, LucideIcon> = { zone: MapPin, synonym: Languages, answer: MessageSquareText, newPiece: Shirt, pieces: BookOpenText, settings: Store };

type Props = {
  wish: Wish;
  days: Days;
  busy: boolean;
  onFix: (fix: SheetFix) => void;
  onGranted: (how: How) => void;
  onDismiss: () => void;
  onClose: () => void;
};

/** What mends it comes first, then who asked, in which words. */
export function WishSheet(props: Props) {
  const t = useTranslations();
  const words = useWishWords();
  const { wish } = props;
  return (
    <Sheet open onOpenChange={props.onClose} title={words(wish)} close={t("common.close")}
      footer={
        <>
          <Button look="outline" className="px-2" onClick={props.onDismiss}>{t("wishes.dismiss")}</Button>
          <Button look="outline" className="px-2" busy={props.busy} onClick={() => props.onGranted(GRANTED[wish.kind])}>{t("wishes.granted")}</Button>
        </>
      }>
      <ul aria-label={t("wishes.fixes")} className="flex flex-col gap-2 pt-1">
        {FIXES[wish.kind].map((fix) => <li key={fix}><FixButton fix={fix} wish={wish} onFix={props.onFix} /></li>)}
      </ul>
      <h3 className="pb-1 pt-5 text-xs font-medium text-soft">{t("wishes.who")}</h3>
      <Times wish={wish} days={props.days} />
    </Sheet>
  );
}

function FixButton({ fix, wish, onFix }: { fix: Fix; wish: Wish; onFix: (fix: SheetFix) => void }) {
  const t = useTranslations("wishes");
  const Icon = ICONS[fix];
  const look = "flex min-h-14 w-full items-center gap-3 rounded-xl border bg-raised px-4 py-2 text-left font-medium hover:bg-paper";
  const inside = (
    <>
      <Icon aria-hidden className="size-5 shrink-0 text-green-ink" />
      <span className="flex-1">{t(`fix.${fix}`, { place: textOf(wish, "place") })}</span>
      <ChevronRight aria-hidden className="size-5 shrink-0 text-soft" />
    </>
  );
  if (inSheet(fix)) return <button type="button" className={look} onClick={() => onFix(fix)}>{inside}</button>;
  return <Link className={look} href={pageOf(fix, wish)}>{inside}</Link>;
}

function Times({ wish, days }: { wish: Wish; days: Days }) {
  const t = useTranslations();
  const { full } = useFormats();
  const { data, isError } = useTimes(wish, days);
  if (isError && !data) return <p role="alert" className="text-soft">{t("common.noAnswer")}</p>;
  if (!data) return <div className="-mx-4"><SkeletonRows count={2} /></div>;
  return (
    <ul aria-label={t("wishes.who")} className="-mx-5 divide-y border-y">
      {data.items.map((one) => (
        <li key={one.id}>
          <Link href={`/chats?id=${one.conversation_id}`} className="flex min-h-14 items-center gap-3 px-5 py-2 hover:bg-ink/4 focus-visible:-outline-offset-2">
            <span className="min-w-0 flex-1">
              <span className="block">{one.words ? `“${one.words}”` : t("figures.wordsGone")}</span>
              <span className="block text-xs text-soft">{one.customer_name ?? t("figures.nobody")} · {full(one.created_at)}</span>
            </span>
            <ChevronRight aria-hidden className="size-5 shrink-0 text-soft" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
