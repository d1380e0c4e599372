import type { ReactNode } from "react";

import { cn } from "@/components/cn";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

import { Account } from "./account";

/** A page's head: its name, what is done with all of it, and on a phone the boutique. */
export function PageHead(props: { title: ReactNode; above?: ReactNode; actions?: ReactNode; children?: ReactNode }) {
  return (
    <header className="shrink-0 border-b bg-surface px-4 pb-3 pt-[max(0.75rem,env(safe-area-inset-top))]">
      <div className="flex min-h-12 items-center gap-3">
        <div className="min-w-0 flex-1">
          {props.above && <p className="truncate text-xs text-soft">{props.above}</p>}
          <h1 className="truncate text-xl font-semibold tracking-tight">{props.title}</h1>
        </div>
        {props.actions}
        <span className="wide:hidden">
          <Account />
        </span>
      </div>
      {props.children}
    </header>
  );
}

/** What stands in a page's place while its code is fetched, which takes a moment on a phone's network. */
export function PageWaiting() {
  return (
    <>
      <div className="flex h-19 shrink-0 items-center border-b bg-surface px-4">
        <Skeleton className="h-6 w-2/5" />
      </div>
      <SkeletonRows />
    </>
  );
}

/** A list and what is open of it: side by side on a wide screen, one over the other on a phone. */
export function Split(props: { list: ReactNode; detail: ReactNode | null; empty: ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1">
      <div className={cn("flex min-h-0 min-w-0 flex-1 flex-col bg-surface wide:max-w-100 wide:border-r", props.detail && "max-wide:invisible")}>{props.list}</div>
      <div
        className={cn(
          "min-h-0 min-w-0 flex-1 flex-col bg-paper",
          props.detail
            ? "fixed inset-0 z-30 flex animate-slide wide:static wide:animate-none"
            : "hidden wide:flex",
        )}
      >
        {props.detail ?? <div className="grid flex-1 place-items-center">{props.empty}</div>}
      </div>
    </div>
  );
}
