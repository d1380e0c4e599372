"use client";

import { LogOut } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import { Brand } from "@/components/brand";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { WithAllWords } from "@/i18n";
import { signOut, Waiting } from "@/shell/gate";

import { PlatformOffline } from "./offline";
import { PLATFORM_PLACES, type PlatformPlace } from "./places";

/** What stands around the platform's pages: a row of places above on a phone, a sidebar from 900 px. */
export function PlatformFrame({ children }: { children: ReactNode }) {
  return (
    <WithAllWords waiting={<Waiting />}>
      <Around>{children}</Around>
    </WithAllWords>
  );
}

function Around({ children }: { children: ReactNode }) {
  const t = useTranslations();
  return (
    <div className="flex h-dvh flex-col overflow-hidden wide:flex-row">
      <aside className="flex shrink-0 flex-col border-b bg-surface px-3 pt-[max(0.5rem,env(safe-area-inset-top))] wide:w-60 wide:gap-6 wide:border-b-0 wide:border-r wide:py-5">
        <div className="flex items-center justify-between gap-3 px-2">
          <span>
            <Brand />
            <span className="mt-1 block text-xs font-medium text-soft">{t("platform.title")}</span>
          </span>
          <Button look="quiet" size="icon" aria-label={t("shop.signOut")} onClick={signOut} className="wide:hidden">
            <LogOut aria-hidden />
          </Button>
        </div>
        <nav aria-label={t("shop.nav")} className="-mx-3 flex gap-1 overflow-x-auto px-3 wide:mx-0 wide:flex-1 wide:flex-col wide:px-0">
          {PLATFORM_PLACES.map((place) => <PlaceLink key={place.href} place={place} />)}
        </nav>
        <Button look="quiet" onClick={signOut} className="max-wide:hidden">
          <LogOut aria-hidden /> {t("shop.signOut")}
        </Button>
      </aside>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <PlatformOffline />
        {children}
      </div>
    </div>
  );
}

function PlaceLink({ place }: { place: PlatformPlace }) {
  const t = useTranslations("platform.places");
  const path = usePathname();
  const here = place.href === path || (place.href as string) !== "/platform" && path.startsWith(place.href);
  return (
    <Link href={place.href} aria-current={here ? "page" : undefined}
      className={cn(
        "flex h-12 shrink-0 items-center gap-2 rounded-xl px-3 font-medium transition-colors duration-150 hover:bg-ink/4 wide:h-11 wide:gap-3",
        here ? "bg-green-soft text-green-ink hover:bg-green-soft" : "text-soft hover:text-ink",
      )}>
      <place.icon aria-hidden className="size-5" strokeWidth={here ? 2.2 : 1.8} />
      <span className="whitespace-nowrap">{t(place.name)}</span>
    </Link>
  );
}
