"use client";

import { Command } from "cmdk";
import { type LucideIcon, MessageCircle, Package, Shirt, UsersRound } from "lucide-react";
import type { ReactNode } from "react";

import type { Hit } from "./use-hits";

export const ICON_OF: Record<Hit["kind"], LucideIcon> = { piece: Shirt, order: Package, customer: UsersRound, message: MessageCircle };

/** A line of the palette: one tap, or Enter, opens it. `value` is its name among the others. */
export function Choice(props: { value: string; icon?: LucideIcon; before?: ReactNode; title: ReactNode; below?: ReactNode; aside?: ReactNode; onOpen: () => void }) {
  return (
    <Command.Item value={props.value} onSelect={props.onOpen}
      className="flex min-h-12 cursor-pointer select-none items-center gap-3 rounded-xl px-3 py-1.5 data-[selected=true]:bg-ink/6">
      {props.before ?? (props.icon && (
        <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-sunk text-soft"><props.icon aria-hidden className="size-5" /></span>
      ))}
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{props.title}</span>
        {props.below && <span className="block truncate text-xs text-soft">{props.below}</span>}
      </span>
      {props.aside && <span className="shrink-0 text-xs text-soft">{props.aside}</span>}
    </Command.Item>
  );
}

/** Lines of one kind under their name; of none, nothing. */
export function Group({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <Command.Group heading={title}
      className="pb-2 **:[[cmdk-group-heading]]:px-3 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:font-medium **:[[cmdk-group-heading]]:text-soft">
      {children}
    </Command.Group>
  );
}
