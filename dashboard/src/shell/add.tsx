"use client";

import { Banknote, ImagePlus, Megaphone, PackagePlus, Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";

import { useBoutique } from "./boutique";

const ACTIONS = [
  { name: "sold", href: "/sell", icon: Banknote, ownersOnly: false },
  { name: "piece", href: "/pieces/add", icon: ImagePlus, ownersOnly: true },
  { name: "campaign", href: "/campaigns", icon: Megaphone, ownersOnly: false },
  { name: "stock", href: "/pieces?filter=low_stock", icon: PackagePlus, ownersOnly: false },
] as const;

/** The raised plus: what an owner does most, from every page. */
export function AddButton({ wide }: { wide?: boolean }) {
  const t = useTranslations();
  const { role } = useBoutique();
  const [open, setOpen] = useState(false);
  const actions = ACTIONS.filter((action) => role === "owner" || !action.ownersOnly);
  return (
    <>
      {wide ? (
        <Button className="min-h-11 justify-start px-4" onClick={() => setOpen(true)}>
          <Plus aria-hidden /> {t("shop.add")}
        </Button>
      ) : (
        <button type="button" aria-label={t("shop.add")} onClick={() => setOpen(true)} className="grid flex-1 place-items-center">
          <span className="-mt-6 grid size-14 place-items-center rounded-full bg-green text-on-green shadow-lift ring-4 ring-surface transition-transform duration-150 active:scale-95">
            <Plus aria-hidden className="size-7" />
          </span>
        </button>
      )}
      <Sheet open={open} onOpenChange={setOpen} title={t("plus.title")} close={t("common.close")}>
        <ul className="-mx-2 flex flex-col gap-1">
          {actions.map((action, index) => (
            <li key={action.name}>
              <Link href={action.href} onClick={() => setOpen(false)}
                className="flex min-h-18 items-center gap-4 rounded-2xl px-2 py-2.5 transition-colors hover:bg-ink/4">
                <span className={`grid size-12 shrink-0 place-items-center rounded-2xl ${index === 0 ? "bg-green text-on-green" : "bg-green-soft text-green-ink"}`}>
                  <action.icon aria-hidden className="size-6" />
                </span>
                <span className="min-w-0">
                  <span className="block text-lg font-medium">{t(`plus.${action.name}`)}</span>
                  <span className="block text-xs text-soft">{t(`plus.${action.name}Text`)}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </Sheet>
    </>
  );
}
