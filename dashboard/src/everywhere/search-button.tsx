"use client";

import { Search } from "lucide-react";
import { useTranslations } from "use-intl";

import { WithAllWords } from "@/i18n";

import { ask } from "./asking";
import { isMac } from "./mac";

/** In the boutique's sheet, which is where a phone has what its bar has no room for. */
export function SheetSearch({ onAsk }: { onAsk: () => void }) {
  return <div className="mb-5 wide:hidden"><WithAllWords waiting={PLACE}><Button onAsk={onAsk} /></WithAllWords></div>;
}

const PLACE = <span className="block h-11" />;

/** In the sidebar, where a person looks for a search; with the key that does the same. */
export function SearchButton() {
  return <WithAllWords waiting={PLACE}><Button /></WithAllWords>;
}

function Button({ onAsk }: { onAsk?: () => void }) {
  const t = useTranslations("everywhere");
  return (
    <button type="button" onClick={() => { onAsk?.(); ask("palette"); }} aria-keyshortcuts={isMac() ? "Meta+K" : "Control+K"}
      className="flex h-11 w-full items-center gap-3 rounded-xl border bg-raised px-3 text-soft transition-colors hover:bg-paper">
      <Search aria-hidden className="size-5 shrink-0" />
      <span className="min-w-0 flex-1 truncate text-left">{t("search")}</span>
      <kbd aria-hidden className="hidden font-sans text-xs wide:inline">{isMac() ? "⌘ K" : "Ctrl K"}</kbd>
    </button>
  );
}
