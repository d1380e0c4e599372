"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { WithAllWords } from "@/i18n";

import { Choices } from "./choices";
import { useHits } from "./use-hits";

type Props = { onClose: () => void; onShortcuts: () => void };

/** Finds a screen, a piece, an order, a customer, a chat by what is typed; Enter opens the first. */
export function Palette(props: Props) {
  return <WithAllWords waiting={null}><Typing {...props} /></WithAllWords>;
}

function Typing({ onClose, onShortcuts }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const found = useHits(typed);
  const open = (href: string) => {
    onClose();
    router.push(href);
  };
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-shade" />
        <Dialog.Content aria-describedby={undefined}
          className="fixed inset-0 z-50 flex animate-fade flex-col bg-surface shadow-lift outline-none wide:inset-auto wide:left-1/2 wide:top-[10vh] wide:max-h-[76vh] wide:w-150 wide:-translate-x-1/2 wide:overflow-hidden wide:rounded-3xl">
          <Dialog.Title className="sr-only">{t("everywhere.label")}</Dialog.Title>
          <Command shouldFilter={false} vimBindings={false} loop label={t("everywhere.label")} className="flex min-h-0 flex-1 flex-col">
            <div className="flex shrink-0 items-center gap-1 border-b pl-4 pr-1 pt-[env(safe-area-inset-top)]">
              <Search aria-hidden className="size-5 shrink-0 text-soft" />
              <Command.Input value={typed} onValueChange={setTyped} placeholder={t("everywhere.placeholder")} maxLength={100} enterKeyHint="go"
                className="h-14 min-w-0 flex-1 bg-transparent px-2 text-input outline-none placeholder:text-soft" />
              <Dialog.Close asChild><Button look="quiet" size="sm">{t("common.close")}</Button></Dialog.Close>
            </div>
            <Choices typed={typed} found={found} onOpen={open} onShortcuts={onShortcuts} />
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
