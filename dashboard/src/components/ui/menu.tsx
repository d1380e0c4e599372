"use client";

import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";

import { cn } from "@/components/cn";

export function Menu(props: { trigger: ReactNode; children: ReactNode; side?: "top" | "bottom"; align?: "start" | "end" }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          side={props.side ?? "bottom"}
          align={props.align ?? "start"}
          sideOffset={6}
          className="z-50 min-w-56 animate-fade rounded-2xl border bg-raised p-1.5 shadow-lift"
        >
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem(props: { onSelect: () => void; danger?: boolean; children: ReactNode }) {
  return (
    <DropdownMenu.Item
      onSelect={props.onSelect}
      className={cn(
        "flex min-h-11 cursor-pointer select-none items-center gap-3 rounded-xl px-3 outline-none data-highlighted:bg-ink/6 [&_svg]:size-5",
        props.danger && "text-red",
      )}
    >
      {props.children}
    </DropdownMenu.Item>
  );
}
