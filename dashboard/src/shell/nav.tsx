"use client";

import { Banknote, ChartColumn, House, Megaphone, MessageCircle, Package, Settings, Shirt, UsersRound, Zap } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";

import { useWaiting } from "./waiting";

export const PLACES = [
  { href: "/", name: "today", icon: House },
  { href: "/orders", name: "orders", icon: Package },
  { href: "/chats", name: "chats", icon: MessageCircle },
  { href: "/pieces", name: "pieces", icon: Shirt },
] as const;

/** In the sidebar; on a phone the way there is through the boutique's own sheet. */
export const CUSTOMERS = { href: "/customers", name: "customers", icon: UsersRound } as const;
export const MONEY = { href: "/money", name: "money", icon: Banknote } as const;

/** For owners; on a phone through the boutique's own sheet, and from Today. */
export const FIGURES = { href: "/figures", name: "figures", icon: ChartColumn } as const;

/** In the sidebar only: a sixth would not fit below at 360 px. On a phone the plus leads there. */
export const CAMPAIGNS = { href: "/campaigns", name: "campaigns", icon: Megaphone } as const;
export const AUTOMATIONS = { href: "/automations", name: "automations", icon: Zap } as const;

/** In the sidebar only; on a phone the way there is through the boutique's own sheet. */
export const SETTINGS = { href: "/settings", name: "settings", icon: Settings } as const;

export type Place = (typeof PLACES)[number] | typeof CUSTOMERS | typeof MONEY | typeof FIGURES | typeof CAMPAIGNS | typeof AUTOMATIONS | typeof SETTINGS;

/** A place of the shop, with how much waits there; `below` has the word under the picture. */
export function NavLink({ place, below }: { place: Place; below?: boolean }) {
  const t = useTranslations("nav");
  const path = usePathname();
  const waiting = useWaiting(place.name);
  const here = place.href === "/" ? path === "/" : path.startsWith(place.href);
  return (
    <Link
      href={place.href}
      aria-current={here ? "page" : undefined}
      className={cn(
        "relative flex items-center font-medium transition-colors duration-150",
        below
          ? "h-16 flex-1 flex-col justify-center gap-1 text-xs"
          : "h-11 gap-3 rounded-xl px-3 hover:bg-ink/4",
        here ? "text-green-ink" : "text-soft hover:text-ink",
        here && !below && "bg-green-soft hover:bg-green-soft",
      )}
    >
      <place.icon aria-hidden className="size-6" strokeWidth={here ? 2.2 : 1.8} />
      <span className={cn(!below && "flex-1")}>{t(place.name)}</span>
      {waiting > 0 && (
        <span
          className={cn(
            "grid h-5 min-w-5 place-items-center rounded-full bg-amber-soft px-1.5 text-xs font-semibold text-amber",
            below && "absolute left-1/2 top-1.5 ml-1.5 ring-2 ring-surface",
          )}
        >
          {waiting > 99 ? "99+" : waiting}
        </span>
      )}
    </Link>
  );
}
