"use client";

import { Eye, PauseCircle, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { Button } from "@/components/ui/button";
import { WithAllWords } from "@/i18n";
import { READ_LOOK } from "@/kept/keys";
import { leaveForPlatform, useLeave } from "@/platform/looking";

import { useBoutique, useBoutiquePath } from "./boutique";
import { useFormats } from "./formats";

const TOLD_FOR_MS = 7 * 86_400_000;
const AGAIN_MS = 60_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
type Look = Schemas["PlatformLook"];

/** What the platform has to say above a shop's pages: that it is paused, and who looked at it. */
export function PlatformNotices() {
  return <WithAllWords waiting={null}><Notices /></WithAllWords>;
}

function Notices() {
  const boutique = useBoutique();
  const path = usePathname();
  const owner = boutique.role === "owner" && !boutique.look;
  return (
    <>
      {boutique.look && <Looking look={boutique.look} />}
      <Pauses />
      {owner && path === "/" && <Looked />}
    </>
  );
}

/** For the platform admin who looks: how long, and the way out. */
function Looking({ look }: { look: NonNullable<Schemas["MyBoutique"]["look"]> }) {
  const t = useTranslations("platformShops.look");
  const { boutique_id, name } = useBoutique();
  const { time } = useFormats();
  const leave = useLeave(boutique_id, { onLeft: () => leaveForPlatform(boutique_id) });
  useEffect(() => {
    const left = new Date(look.ends_at).getTime() - Date.now();
    const timer = setTimeout(() => leaveForPlatform(boutique_id), Math.min(Math.max(left, 0), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  }, [look.ends_at, boutique_id]);
  return (
    <Strip icon={<Eye aria-hidden className="size-5 shrink-0" />}
      action={<Button size="sm" look="outline" busy={leave.busy} onClick={leave.now}>{t("leave")}</Button>}>
      {t("banner", { name, time: time(look.ends_at) })}
    </Strip>
  );
}

function Pauses() {
  const t = useTranslations("platformShops.notice");
  const providers = useTranslations("settings.channel.providers");
  const path = useBoutiquePath();
  const { data } = api.useQuery("get", "/boutiques/{boutique_id}/platform-notices/pauses", { params: { path } }, { refetchInterval: AGAIN_MS });
  return data?.items.map((one) => (
    <Strip key={one.provider ?? "all"} icon={<PauseCircle aria-hidden className="size-5 shrink-0" />}>
      <strong className="block break-words font-medium">
        {one.provider ? t("pausedChannel", { channel: providers(one.provider), reason: one.reason }) : t("paused", { reason: one.reason })}
      </strong>
      {t("text")}
    </Strip>
  ));
}

/** For the owner: the last look of the week, until she closes the notice. */
function Looked() {
  const t = useTranslations("platformShops.notice");
  const path = useBoutiquePath();
  const { full } = useFormats();
  const kinds = useKinds();
  const [read, setRead] = useState(() => window.localStorage.getItem(READ_LOOK));
  const [now] = useState(() => Date.now());
  const { data } = api.useQuery("get", "/boutiques/{boutique_id}/platform-notices/looks", { params: { path } });
  const look = data?.items[0];
  if (!look || now - new Date(look.began_at).getTime() > TOLD_FOR_MS) return null;
  const under = isUnder(look, now);
  const told = `${look.id} ${under}`;
  if (read === told) return null;
  const close = () => {
    window.localStorage.setItem(READ_LOOK, told);
    setRead(told);
  };
  return (
    <Strip icon={<Eye aria-hidden className="size-5 shrink-0" />}
      action={<Button size="small" look="quiet" aria-label={t("close")} onClick={close}><X aria-hidden /></Button>}>
      <strong className="block break-words font-medium">
        {under ? t("looking", { reason: look.reason }) : t("looked", { when: full(look.began_at), reason: look.reason })}
      </strong>
      {look.pages.length > 0 ? t("pages", { pages: kinds(look.pages) }) : t("noPages")}
    </Strip>
  );
}

/** The kinds of pages in the shop's own words, each once; what has no word of its own comes last. */
function useKinds() {
  const t = useTranslations("platformShops.notice.kinds");
  return (pages: string[]) => {
    const named = pages.map((page) => (t.has(page as never) ? page : "other"));
    named.sort((a, b) => Number(a === "other") - Number(b === "other"));
    return [...new Set(named)].map((name) => t(name as never)).join(", ");
  };
}

function isUnder(look: Look, now: number): boolean {
  return look.ended_at === null && new Date(look.ends_at).getTime() > now;
}

function Strip(props: { icon: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <div role="status" className="flex shrink-0 items-center gap-3 border-b bg-amber-soft px-4 py-2 text-xs text-amber">
      {props.icon}
      <p className="min-w-0 flex-1">{props.children}</p>
      {props.action}
    </div>
  );
}
