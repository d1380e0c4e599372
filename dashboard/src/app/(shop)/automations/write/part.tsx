"use client";

import { ChevronDown } from "lucide-react";
import { type ReactNode, useState } from "react";

import { cn } from "@/components/cn";

/** A part of the editor that opens: its name, and below it what it says now. */
export function Part(props: { title: string; told: string; open?: boolean; children: ReactNode }) {
  const [open, setOpen] = useState(props.open ?? false);
  return (
    <section className="rounded-2xl border bg-surface">
      <h2>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}
          className="flex min-h-16 w-full items-center gap-3 rounded-2xl px-4 py-3 text-left hover:bg-ink/4">
          <span className="min-w-0 flex-1">
            <span className="block font-medium">{props.title}</span>
            <span className="block text-xs text-soft">{props.told}</span>
          </span>
          <ChevronDown aria-hidden className={cn("size-5 shrink-0 text-soft transition-transform duration-150", open && "rotate-180")} />
        </button>
      </h2>
      {open && <div className="flex flex-col gap-4 border-t p-4">{props.children}</div>}
    </section>
  );
}
