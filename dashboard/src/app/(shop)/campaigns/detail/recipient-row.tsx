"use client";

import { ChevronDown, MessageCircle } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { cn } from "@/components/cn";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useFormats } from "@/shell/formats";

import { furthest, stepsOf, toneOf } from "./recipient-steps";
import { useReason } from "./use-reason";

export type Recipient = Schemas["CampaignRecipient"];

/** A customer and the furthest she came; opened, every step with its time, and the way to her chat. */
export function RecipientRow({ recipient, open, onToggle }: { recipient: Recipient; open: boolean; onToggle: () => void }) {
  const t = useTranslations("campaigns.recipients");
  const { when } = useFormats();
  const said = useReason();
  const [last] = stepsOf(recipient).slice(-1);
  const name = recipient.customer_name ?? recipient.masked;
  const far = furthest(recipient);
  return (
    <>
      <button type="button" aria-expanded={open} onClick={onToggle}
        className="flex min-h-16 w-full items-center gap-3 px-4 py-2.5 text-left hover:bg-ink/4 focus-visible:-outline-offset-2">
        <Avatar name={name} className="size-10" />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">
            {name}{recipient.variant && <span className="text-xs text-soft"> · {t("arm", { key: recipient.variant.toUpperCase() })}</span>}
          </span>
          <span className={cn("block text-xs text-soft", !recipient.reason && "truncate")}>
            {recipient.reason ? said(recipient.reason) : when(last?.at ?? recipient.due_at)}
          </span>
        </span>
        <Badge tone={toneOf(far)}>{t(`state.${far}`)}</Badge>
        <ChevronDown aria-hidden className={cn("-mr-1 size-4 shrink-0 text-soft transition-transform duration-150", open && "rotate-180")} />
      </button>
      {open && <Steps recipient={recipient} />}
    </>
  );
}

function Steps({ recipient }: { recipient: Recipient }) {
  const t = useTranslations("campaigns.recipients");
  const { full } = useFormats();
  const steps = stepsOf(recipient);
  return (
    <div className="flex flex-col gap-3 bg-paper px-4 pb-4 pl-17 pt-1">
      {recipient.customer_name && <p className="text-xs text-soft">{recipient.masked}</p>}
      <ol className="flex flex-col gap-1.5">
        {steps.length === 0 && <li className="text-soft">{t("due", { at: full(recipient.due_at) })}</li>}
        {steps.map((step) => (
          <li key={step.name} className="flex items-baseline gap-2">
            <span aria-hidden className={cn("size-2 shrink-0 self-center rounded-full", toneOf(step.name) === "risk" ? "bg-red" : "bg-green")} />
            <span className="min-w-0 flex-1">{t(`state.${step.name}`)}</span>
            <span className="text-xs tabular-nums text-soft">{full(step.at)}</span>
          </li>
        ))}
      </ol>
      {recipient.tries > 1 && <p className="text-xs text-soft">{t("tries", { count: recipient.tries })}</p>}
      {recipient.conversation_id && (
        <div>
          <Button asChild look="outline" size="sm">
            <Link href={`/chats?id=${recipient.conversation_id}`}><MessageCircle aria-hidden /> {t("chat")}</Link>
          </Button>
        </div>
      )}
    </div>
  );
}
