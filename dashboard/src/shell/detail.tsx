"use client";

import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";

/** The head of what is open: the way back on a phone, its name, what can be done. */
export function DetailHead(props: {
  title: ReactNode;
  below?: ReactNode;
  before?: ReactNode;
  actions?: ReactNode;
  onClose: () => void;
}) {
  const t = useTranslations("common");
  return (
    <header className="flex min-h-16 shrink-0 items-center gap-2 border-b bg-surface px-2 pt-[env(safe-area-inset-top)] wide:px-5">
      <Button look="quiet" size="icon" aria-label={t("back")} onClick={props.onClose} className="wide:hidden">
        <ArrowLeft aria-hidden />
      </Button>
      {props.before}
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-lg font-semibold">{props.title}</h2>
        {props.below && <div className="truncate text-xs text-soft">{props.below}</div>}
      </div>
      {props.actions}
    </header>
  );
}

/** Stands where something is about to open. */
export function WaitingDetail() {
  return (
    <div aria-busy className="space-y-4 p-5 pt-21">
      {[0, 1, 2].map((n) => <Skeleton key={n} className="h-28 rounded-2xl" />)}
    </div>
  );
}

/** A part of what is open, with its name above. */
export function Section(props: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <div className="flex items-center px-1">
        <h3 className="flex-1 text-xs font-medium text-soft">{props.title}</h3>
        {props.aside}
      </div>
      <div className="overflow-hidden rounded-2xl border bg-surface">{props.children}</div>
    </section>
  );
}
