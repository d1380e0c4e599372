"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";

/** The raised plus: what an owner does most, from every page. */
export function AddButton({ wide }: { wide?: boolean }) {
  const t = useTranslations("shop");
  if (wide) {
    return (
      <Button asChild className="h-11 justify-start px-4">
        <Link href="/pieces/add">
          <Plus aria-hidden /> {t("add")}
        </Link>
      </Button>
    );
  }
  return (
    <Link href="/pieces/add" aria-label={t("add")} className="grid flex-1 place-items-center">
      <span className="-mt-6 grid size-14 place-items-center rounded-full bg-green text-on-green shadow-lift ring-4 ring-surface transition-transform duration-150 active:scale-95">
        <Plus aria-hidden className="size-7" />
      </span>
    </Link>
  );
}
