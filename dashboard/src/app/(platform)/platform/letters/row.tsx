"use client";

import { cn } from "@/components/cn";
import { useClock } from "@/platform/works/formats";

export function FailedRow(props: { title: string; below: string; error: string | null; at: string; open: boolean; onOpen: () => void }) {
  const { when } = useClock();
  return (
    <button type="button" onClick={props.onOpen} aria-current={props.open || undefined}
      className={cn("flex min-h-19 w-full flex-col justify-center gap-0.5 px-4 py-2.5 text-left hover:bg-ink/4", props.open && "bg-green-soft hover:bg-green-soft")}>
      <span className="flex w-full items-baseline gap-3">
        <span className="line-clamp-2 min-w-0 flex-1 break-words font-medium">{props.title}</span>
        <span className="shrink-0 text-xs text-soft">{when(props.at)}</span>
      </span>
      <span className="text-xs text-soft">{props.below}</span>
      {props.error && <span className="line-clamp-2 break-words text-xs text-red">{props.error}</span>}
    </button>
  );
}
