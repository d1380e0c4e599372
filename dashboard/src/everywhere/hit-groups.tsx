"use client";

import { useTranslations } from "use-intl";

import { Picture } from "@/components/picture";
import { useFormats } from "@/shell/formats";

import { placeOf } from "./recent";
import { Choice, Group, ICON_OF } from "./rows";
import type { Hit } from "./use-hits";

const GROUPS = [
  { kind: "order", title: "orders" }, { kind: "customer", title: "customers" },
  { kind: "piece", title: "pieces" }, { kind: "message", title: "chats" },
] as const;

/** What the shop has of what was typed, a group for each kind. */
export function HitGroups({ hits, onOpen }: { hits: Hit[]; onOpen: (href: string) => void }) {
  const t = useTranslations("everywhere");
  return GROUPS.map(({ kind, title }) => (
    <Group key={kind} title={t(title)}>
      {hits.filter((one) => one.kind === kind).map((hit) => (
        <HitChoice key={hit.id} hit={hit} onOpen={() => onOpen(placeOf({ ...hit, conversation: hit.conversation_id }))} />
      ))}
    </Group>
  ));
}

function HitChoice({ hit, onOpen }: { hit: Hit; onOpen: () => void }) {
  const t = useTranslations("everywhere");
  const { money, when } = useFormats();
  const who = hit.title ?? hit.phone ?? t("noName");
  const below = {
    piece: hit.detail,
    order: hit.detail ?? hit.phone,
    customer: hit.title && hit.phone,
    message: hit.detail?.replace(/\s+/g, " "),
  }[hit.kind];
  return (
    <Choice value={`${hit.kind} ${hit.id}`} onOpen={onOpen} title={who} below={below}
      icon={ICON_OF[hit.kind]}
      before={hit.kind === "piece" ? <Picture url={hit.picture_url} srcset={hit.picture_srcset} sizes="36px" className="size-9 rounded-lg" /> : undefined}
      aside={hit.amount_minor !== null ? money(hit.amount_minor) : hit.at && when(hit.at)} />
  );
}
