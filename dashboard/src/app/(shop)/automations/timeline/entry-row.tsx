"use client";

import { Ban, CircleAlert, Clock, Eye, type LucideIcon, MousePointerClick, PenLine, Reply, Send, ShoppingBag, Sparkles, SkipForward, Zap } from "lucide-react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { useFormats } from "@/shell/formats";

import { useReason } from "../../campaigns/detail/use-reason";
import { triggerIconOf } from "../results/trigger-icon";
import { useTold } from "../told";
import type { Entry } from "./queries";
import { useSaid } from "./said";

type Look = { icon: LucideIcon; tone: string };
const QUIET = "bg-sunk text-soft", GOOD = "bg-green-soft text-green-ink", WAITS = "bg-amber-soft text-amber";
const LOOKS: Record<string, Look> = {
  "decision.enrolled": { icon: Zap, tone: QUIET },
  "decision.sent": { icon: PenLine, tone: GOOD },
  "decision.waits": { icon: Clock, tone: WAITS },
  "decision.skipped": { icon: SkipForward, tone: QUIET },
  "decision.stopped": { icon: Ban, tone: QUIET },
  "message.sent": { icon: Send, tone: QUIET },
  "message.delivered": { icon: Send, tone: QUIET },
  "message.read": { icon: Eye, tone: QUIET },
  "message.clicked": { icon: MousePointerClick, tone: GOOD },
  "message.replied": { icon: Reply, tone: GOOD },
  "message.converted": { icon: ShoppingBag, tone: GOOD },
  "message.opted_out": { icon: Ban, tone: WAITS },
  "message.failed": { icon: CircleAlert, tone: WAITS },
  "message.cancelled": { icon: Ban, tone: QUIET },
};

/** One thing that happened, was decided or came of a message: to whom, by which rule, and why. */
export function EntryRow({ entry, onCustomer }: { entry: Entry; onCustomer: (id: string) => void }) {
  const { full } = useFormats();
  const said = useSaid();
  const { reason } = useTold();
  const failure = useReason();
  const { icon: Icon, tone } = LOOKS[`${entry.of}.${entry.what}`] ?? { icon: triggerIconOf(entry.what) ?? Sparkles, tone: "bg-sunk text-ink" };
  return (
    <div className="flex gap-3 px-4 py-3">
      <span className={cn("mt-0.5 grid size-9 shrink-0 place-items-center rounded-full", tone)}><Icon aria-hidden className="size-4" /></span>
      <div className="min-w-0 flex-1">
        <p className="text-pretty font-medium">{said(entry)}</p>
        {entry.reason && <p className="text-pretty text-sm">{entry.of === "message" ? failure(entry.reason) : reason(entry.reason)}</p>}
        <p className="mt-0.5 flex flex-wrap items-baseline gap-x-2 text-xs text-soft">
          <Who entry={entry} onCustomer={onCustomer} />
          {entry.rule_name && <span className="min-w-0 truncate">{entry.rule_name}</span>}
          <time dateTime={entry.at}>{full(entry.at)}</time>
        </p>
      </div>
    </div>
  );
}

/** Her name and the end of her number, which ask for what else concerns her. */
function Who({ entry, onCustomer }: { entry: Entry; onCustomer: (id: string) => void }) {
  const t = useTranslations("ruleTimeline");
  const { customer } = entry;
  if (!customer) return <span>{t(entry.is_visitor ? "visitor" : "everybody")}</span>;
  return (
    <button type="button" onClick={() => onCustomer(customer.id)} className="-my-2 min-h-8 py-2 text-left font-medium text-ink underline decoration-line-strong underline-offset-2">
      {customer.name ?? t("noName")} {customer.phone && <span className="font-normal text-soft">{customer.phone}</span>}
    </button>
  );
}
