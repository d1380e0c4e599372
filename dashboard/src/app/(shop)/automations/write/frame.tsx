"use client";

import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";

/** What stands around the editor: the way back, the rule's name, whether it is saved, what is next. */
export function EditorFrame(props: { name: string; told?: ReactNode; onClose: () => void; footer?: ReactNode; children: ReactNode }) {
  const t = useTranslations("automations.write");
  return (
    <div className="fixed inset-0 z-30 flex min-h-0 flex-1 flex-col bg-paper wide:static">
      <header className="flex min-h-16 shrink-0 items-center gap-1 border-b bg-surface px-2 pt-[env(safe-area-inset-top)] wide:px-5">
        <Button look="quiet" size="icon" aria-label={t("leave")} onClick={props.onClose}><ArrowLeft aria-hidden /></Button>
        <div className="min-w-0 flex-1">
          <h1 className="truncate text-lg font-semibold">{props.name}</h1>
          {props.told && <p className="truncate text-xs text-soft" aria-live="polite">{props.told}</p>}
        </div>
      </header>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-240 flex-col gap-5 p-4 pb-8 wide:p-8">{props.children}</div>
      </main>
      {props.footer && (
        <footer className="flex shrink-0 gap-2 border-t bg-surface px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3 *:flex-1 wide:justify-end wide:px-8 wide:*:min-w-36 wide:*:flex-none">
          {props.footer}
        </footer>
      )}
    </div>
  );
}
