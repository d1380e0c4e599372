"use client";

import { Building2, Megaphone, MessageCircle, Shirt, ShoppingBag, User, Users, Wallet } from "lucide-react";
import { useTranslations } from "use-intl";

import { useFormats } from "@/shell/formats";

import type { Change } from "./queries";
import { partsOf, useFieldName, useSentence, useValue, useVia } from "./words";

const ICONS: [RegExp, typeof Shirt][] = [
  [/^(product|size_charts|piece_|variant)/, Shirt],
  [/^(order|requests|cart_)/, ShoppingBag],
  [/^(customer|consents|wearers)/, User],
  [/^(conversation|messages|internal_|quick_)/, MessageCircle],
  [/^(campaign|segments|audience|score_|message_templates)/, Megaphone],
  [/^(boutique_members|api_keys|alert_|push_)/, Users],
  [/^(boutique|delivery|provider|mpesa|saved)/, Building2],
];

/** A change in words, with what was there before and is now; a tap shows all of it. */
export function ChangeRow({ change, onOpen }: { change: Change; onOpen: () => void }) {
  const { time } = useFormats();
  const via = useVia()(change);
  const Icon = ICONS.find(([begins]) => begins.test(change.thing))?.[1] ?? Wallet;
  return (
    <button type="button" onClick={onOpen} className="flex w-full items-start gap-3 px-4 py-3 text-left transition-colors duration-150 hover:bg-ink/4 focus-visible:-outline-offset-2">
      <span className="grid size-10 shrink-0 place-items-center rounded-xl bg-sunk"><Icon aria-hidden className="size-5" /></span>
      <span className="min-w-0 flex-1">
        <span className="line-clamp-2 font-medium wrap-anywhere">{useSentence()(change)}</span>
        <Glance change={change} />
        <span className="mt-0.5 block text-xs text-soft">{[time(change.at), via].filter(Boolean).join(" · ")}</span>
      </span>
    </button>
  );
}

/** `KES 3,500 → KES 3,200`: the first of what changed. */
function Glance({ change }: { change: Change }) {
  const t = useTranslations("changes");
  const value = useValue();
  const name = useFieldName();
  const parts = change.fields.filter((one) => !one.hidden).flatMap(partsOf);
  const [first] = parts;
  if (!first) return null;
  const added = change.action.endsWith("_insert") || change.action.endsWith("_delete");
  const only = parts.length === 1 && !added;
  const text = first.was === null || first.was === undefined
    ? value(first.name, first.now)
    : first.now === null && added ? value(first.name, first.was)
      : t("arrow", { was: value(first.name, first.was), now: value(first.name, first.now) });
  return (
    <span className="mt-0.5 block truncate text-sm tabular-nums text-soft">
      {only ? text : `${name(first.name.split(".").at(-1) ?? "")}: ${text}`}
      {parts.length > 1 && ` ${t("more", { count: parts.length - 1 })}`}
    </span>
  );
}
