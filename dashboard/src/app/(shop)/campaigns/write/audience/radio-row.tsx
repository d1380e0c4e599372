"use client";

import type { ReactNode } from "react";

import { cn } from "@/components/cn";

/** One of a short list: its name, what it means, and how many it holds. */
export function RadioRow(props: { group: string; chosen: boolean; onChoose: () => void; name: string; text?: string; aside?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex items-center gap-1 border-b last:border-b-0">
      <label className="flex min-h-14 min-w-0 flex-1 cursor-pointer items-center gap-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-green rounded-lg">
        <input type="radio" name={props.group} checked={props.chosen} onChange={props.onChoose} className="sr-only" />
        <span aria-hidden className={cn("grid size-5 shrink-0 place-items-center rounded-full border-2", props.chosen ? "border-green" : "border-line-strong")}>
          {props.chosen && <span className="size-2.5 rounded-full bg-green" />}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{props.name}</span>
          {props.text && <span className="line-clamp-2 text-xs text-soft">{props.text}</span>}
        </span>
        {props.aside && <span className="shrink-0 text-xs text-soft">{props.aside}</span>}
      </label>
      {props.action}
    </div>
  );
}
