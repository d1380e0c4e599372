import type { ReactNode } from "react";

/** A platform page's head: its name, and what is done with all of it. */
export function PlatformHead(props: { title: ReactNode; above?: ReactNode; actions?: ReactNode; children?: ReactNode }) {
  return (
    <header className="shrink-0 border-b bg-surface px-4 py-3">
      <div className="flex min-h-12 items-center gap-3">
        <div className="min-w-0 flex-1">
          {props.above && <p className="truncate text-xs text-soft">{props.above}</p>}
          <h1 className="truncate text-xl font-semibold tracking-tight">{props.title}</h1>
        </div>
        {props.actions}
      </div>
      {props.children}
    </header>
  );
}
