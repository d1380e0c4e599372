"use client";

import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";

export type SheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  close: string;
  children: ReactNode;
  footer?: ReactNode;
};

/** What a sheet is once it is open; `sheet.tsx` fetches it. */
export function SheetDialog(props: SheetProps) {
  return (
    <Dialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-shade" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] animate-rise flex-col rounded-t-3xl bg-surface shadow-lift outline-none wide:inset-auto wide:left-1/2 wide:top-1/2 wide:w-120 wide:-translate-x-1/2 wide:-translate-y-1/2 wide:animate-fade wide:rounded-3xl"
        >
          <div aria-hidden className="mx-auto mt-2 h-1 w-10 rounded-full bg-line wide:hidden" />
          <header className="flex items-center gap-2 py-1 pl-5 pr-2">
            <Dialog.Title className="flex-1 text-lg font-semibold">{props.title}</Dialog.Title>
            <Dialog.Close asChild>
              <Button look="quiet" size="icon" aria-label={props.close}>
                <X aria-hidden />
              </Button>
            </Dialog.Close>
          </header>
          {/* reached by Tab, so that text alone can be scrolled by the keyboard */}
          <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-5 pb-5 outline-none">
            {props.children}
          </div>
          {props.footer && (
            <footer className="flex gap-2 border-t px-5 pb-[max(1rem,env(safe-area-inset-bottom))] pt-3 *:flex-1">
              {props.footer}
            </footer>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
