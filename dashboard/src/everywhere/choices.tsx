"use client";

import { Command } from "cmdk";
import { Bookmark, Keyboard, SearchX } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Skeleton } from "@/components/ui/skeleton";
import { useBoutique } from "@/shell/boutique";
import { PAGES, useViews } from "@/views/queries";

import { HitGroups } from "./hit-groups";
import { fits, placesFor, wordsOf } from "./places";
import { opened, placeOf } from "./recent";
import { Choice, Group, ICON_OF } from "./rows";
import type { useHits } from "./use-hits";

const MOST_SCREENS = 4; // beside other things that were found
type Props = { typed: string; found: ReturnType<typeof useHits>; onOpen: (href: string) => void; onShortcuts: () => void };

/** What was opened last and every screen; with something typed, what fits it. */
export function Choices({ typed, found, onOpen, onShortcuts }: Props) {
  const t = useTranslations("everywhere");
  const words = typed.trim();
  const screens = useScreens(words, onOpen, onShortcuts);
  const views = useViewChoices(words, onOpen);
  const recent = useRecent(onOpen);
  const count = screens.length + views.length + found.hits.length;
  return (
    <>
      <p role="status" className="sr-only">{words && (found.looking ? t("looking") : t("found", { count }))}</p>
      <Command.List label={t("label")} className="min-h-0 flex-1 scroll-py-2 overflow-y-auto overscroll-contain p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
        {!words && <Group title={t("recent")}>{recent}</Group>}
        {!words && <Group title={t("views")}>{views}</Group>}
        <Group title={t("screens")}>{screens}</Group>
        {words && <Group title={t("views")}>{views}</Group>}
        <HitGroups hits={found.hits} onOpen={onOpen} />
        {found.looking && found.hits.length === 0 && <Looking />}
      </Command.List>
      {found.failed && !found.looking && (
        <div role="alert" className="flex shrink-0 items-center gap-3 border-t px-5 py-2 text-soft">
          <span className="flex-1">{t("failed")}</span>
          <Again onRetry={found.retry} />
        </div>
      )}
      {words && count === 0 && !found.looking && !found.failed && <Empty picture={<SearchX aria-hidden />} text={t("nothing", { words })} />}
    </>
  );
}

function Again({ onRetry }: { onRetry: () => void }) {
  return <Button look="outline" size="sm" onClick={onRetry}>{useTranslations("common")("retry")}</Button>;
}

function Looking() {
  return (
    <div aria-hidden className="flex flex-col gap-2 p-3">
      {[0, 1, 2].map((n) => <Skeleton key={n} className="h-9 rounded-lg" />)}
    </div>
  );
}

function useScreens(words: string, onOpen: Props["onOpen"], onShortcuts: () => void): ReactNode[] {
  const t = useTranslations("everywhere");
  const { role } = useBoutique();
  const places = placesFor(role, words).slice(0, words ? MOST_SCREENS : undefined).map((place) => (
    <Choice key={place.name} value={`screen ${place.name}`} icon={place.icon} title={t(`places.${place.name}`)} onOpen={() => onOpen(place.href)} />
  ));
  if (words && !fits(words, wordsOf(t("shortcuts")))) return places;
  return [...places, <Choice key="shortcuts" value="shortcuts" icon={Keyboard} title={t("shortcuts")} onOpen={onShortcuts} />];
}

function useViewChoices(words: string, onOpen: Props["onOpen"]): ReactNode[] {
  const t = useTranslations("nav");
  const { views = [] } = useViews();
  const named = words ? views.filter((one) => fits(words, wordsOf(one.name))) : views;
  return named.map((one) => (
    <Choice key={one.id} value={`view ${one.id}`} icon={Bookmark} title={one.name} aside={t(one.screen === "payments" ? "money" : one.screen)}
      onOpen={() => onOpen(`${PAGES[one.screen]}?${new URLSearchParams(one.params)}`)} />
  ));
}

function useRecent(onOpen: Props["onOpen"]): ReactNode[] {
  const t = useTranslations("everywhere");
  const { boutique_id } = useBoutique();
  const [recent] = useState(() => opened(boutique_id));
  return recent.map((one) => (
    <Choice key={one.kind + one.id} value={`recent ${one.kind} ${one.id}`} icon={ICON_OF[one.kind]}
      title={one.kind === "message" ? t("chat", { name: one.title }) : one.title} onOpen={() => onOpen(placeOf(one))} />
  ));
}
