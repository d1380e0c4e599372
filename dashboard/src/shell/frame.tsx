"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useRef } from "react";
import { useTranslations } from "use-intl";

import { useDevice } from "@/alerts/use-device";
import { Brand } from "@/components/brand";
import { later } from "@/components/later";
import { WithAllWords } from "@/i18n";
import { useSeen } from "@/kept/use-seen";

import { Account } from "./account";
import { AddButton } from "./add";
import { useBoutique } from "./boutique";
import { AUTOMATIONS, CAMPAIGNS, CUSTOMERS, FIGURES, MONEY, NavLink, PLACES, SETTINGS } from "./nav";
import { Offline } from "./offline";
import { PageWaiting } from "./page";
import { useLive } from "./use-live";

const Everywhere = later(() => import("@/everywhere/everywhere").then((part) => part.Everywhere));
const SearchButton = later(() => import("@/everywhere/search-button").then((part) => part.SearchButton), <span className="h-11" />);
const PlatformNotices = later(() => import("./platform-notices").then((part) => part.PlatformNotices));

// Their words are in the page's first ones; a screen of any other path waits for the rest.
const OPENED_MOST = new Set(["/", "/orders", "/chats", "/pieces", "/requests"]);

/** What stands around every page: a bar below on a phone, a sidebar from 900 px. */
export function Frame({ children }: { children: ReactNode }) {
  const t = useTranslations("shop");
  useLive();
  useDevice();
  const path = usePathname();
  const owner = useBoutique().role === "owner";
  const frame = useRef<HTMLDivElement>(null);
  useSeen(frame);
  const [first, second, ...rest] = PLACES;
  return (
    <div ref={frame} className="flex h-dvh flex-col overflow-hidden wide:flex-row">
      <aside className="hidden w-60 shrink-0 flex-col gap-6 border-r bg-surface px-3 py-5 wide:flex">
        <div className="px-2">
          <Brand />
        </div>
        <div className="flex flex-col gap-2">
          <AddButton wide />
          <SearchButton />
        </div>
        <nav aria-label={t("nav")} className="flex flex-1 flex-col gap-1">
          {PLACES.map((place) => (
            <NavLink key={place.href} place={place} />
          ))}
          <NavLink place={CUSTOMERS} />
          <NavLink place={MONEY} />
          {owner && <NavLink place={FIGURES} />}
          <NavLink place={CAMPAIGNS} />
          <NavLink place={AUTOMATIONS} />
          <span className="flex-1" />
          <NavLink place={SETTINGS} />
        </nav>
        <Account wide />
      </aside>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Offline />
        <PlatformNotices />
        {OPENED_MOST.has(path) ? children : <WithAllWords waiting={<PageWaiting />}>{children}</WithAllWords>}
      </div>
      <Everywhere />
      <nav
        aria-label={t("nav")}
        className="flex shrink-0 items-stretch border-t bg-surface pb-[env(safe-area-inset-bottom)] wide:hidden"
      >
        <NavLink place={first} below />
        <NavLink place={second} below />
        <AddButton />
        {rest.map((place) => (
          <NavLink key={place.href} place={place} below />
        ))}
      </nav>
    </div>
  );
}
