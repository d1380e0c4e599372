"use client";

import { ChevronRight, CloudOff, HandHeart, Languages, MapPin, MessageCircleQuestion, Shirt } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Row } from "@/components/ui/row";
import { SkeletonRows } from "@/components/ui/skeleton";
import { WithAllWords } from "@/i18n";
import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";
import { PageHead, PageWaiting } from "@/shell/page";

import { BackTitle } from "../back-title";
import { DaysChosen } from "../days-chosen";
import { useAskedDays } from "../queries";
import { useWishes, type Wish, type WishKind } from "./queries";
import { Taught } from "./taught";
import { keyOf, useDismissing } from "./use-dismissing";
import { useWishWords } from "./wish-words";

const OpenWish = later(() => import("./open-wish").then((part) => part.OpenWish));

export function WishesPage() {
  return <WithAllWords waiting={<PageWaiting />}><Wishes /></WithAllWords>;
}

/** What customers asked for and did not get, each with what mends it, and what was taught so far. */
function Wishes() {
  const t = useTranslations();
  const owner = useBoutique().role === "owner";
  return (
    <>
      <PageHead title={<BackTitle title={t("wishes.title")} />} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 pb-8">
          {owner ? <><OfDays /><Taught /></> : <p className="text-soft">{t("figures.ownersOnly")}</p>}
        </div>
      </main>
    </>
  );
}

function OfDays() {
  const t = useTranslations();
  const { days } = useAskedDays();
  const { data, isError, refetch } = useWishes(days);
  const { hidden, dismiss } = useDismissing();
  const [open, setOpen] = useState<Wish | null>(null);
  const shown = data?.items.filter((wish) => !hidden.has(keyOf(wish))) ?? [];
  return (
    <>
      <DaysChosen />
      <section aria-label={t("wishes.title")} className="overflow-hidden rounded-2xl border bg-surface">
        {!data && !isError && <SkeletonRows count={4} />}
        {!data && isError && (
          <Empty picture={<CloudOff aria-hidden />} text={t("common.noAnswer")}
            action={<Button look="outline" onClick={() => void refetch()}>{t("common.retry")}</Button>} />
        )}
        {data && shown.length === 0 && <Empty picture={<HandHeart aria-hidden />} text={t("wishes.none")} />}
        {shown.length > 0 && (
          <ul aria-label={t("wishes.title")} className="divide-y">
            {shown.map((wish) => <li key={keyOf(wish)}><WishRow wish={wish} onOpen={() => setOpen(wish)} /></li>)}
          </ul>
        )}
        {data?.more && <p className="border-t px-4 py-3 text-xs text-soft">{t("wishes.more", { count: data.items.length })}</p>}
      </section>
      {open && <OpenWish key={keyOf(open)} wish={open} days={days} onDismiss={() => { setOpen(null); dismiss(open); }} onClose={() => setOpen(null)} />}
    </>
  );
}

function WishRow({ wish, onOpen }: { wish: Wish; onOpen: () => void }) {
  const t = useTranslations("wishes");
  const { full } = useFormats();
  const words = useWishWords();
  return (
    <Row onOpen={onOpen} before={<WishIcon kind={wish.kind} />} title={<span className="whitespace-normal">{words(wish)}</span>}
      aside={<ChevronRight aria-hidden className="size-5 shrink-0 self-center text-soft" />}
      below={t("last", { count: wish.times, at: full(wish.last_at) })} />
  );
}

const ICONS = { delivery: MapPin, words: Languages, question: MessageCircleQuestion };

export function WishIcon({ kind }: { kind: WishKind }) {
  const Icon = kind in ICONS ? ICONS[kind as keyof typeof ICONS] : Shirt;
  return <span className="grid size-10 shrink-0 place-items-center rounded-xl bg-amber-soft text-amber"><Icon aria-hidden className="size-5" /></span>;
}
