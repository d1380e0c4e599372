import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "@/components/cn";

/** What the person should know before going on; `risk` where money is at stake. */
export function Notice(props: { tone: "waits" | "risk"; children: ReactNode; action?: ReactNode }) {
  return (
    <div
      role="status"
      className={cn(
        "flex items-center gap-3 rounded-2xl p-4",
        props.tone === "risk" ? "bg-red-soft text-red" : "bg-amber-soft text-amber",
      )}
    >
      <TriangleAlert className="size-5 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1">{props.children}</div>
      {props.action}
    </div>
  );
}
