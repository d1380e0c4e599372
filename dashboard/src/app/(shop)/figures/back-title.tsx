"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";

import { useAskedDays } from "./queries";

/** The name of a page behind the figures, with the way back to those of the same days. */
export function BackTitle({ title }: { title: string }) {
  const t = useTranslations("figures");
  const { link } = useAskedDays();
  return (
    <span className="flex items-center gap-1">
      <Button asChild look="quiet" size="icon" className="-ml-2"><Link href={link("/figures")} aria-label={t("title")}><ArrowLeft aria-hidden /></Link></Button>
      <span className="truncate">{title}</span>
    </span>
  );
}
