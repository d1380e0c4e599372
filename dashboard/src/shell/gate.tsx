"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { endAlerts } from "@/alerts/browser";
import { authClient } from "@/auth/client";
import { keepMe, keptMe } from "@/auth/kept-me";
import { useSession } from "@/auth/session";
import { Mark } from "@/components/brand";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { useLanguage } from "@/i18n";
import { BOUTIQUE as KEPT } from "@/kept/keys";
import { keepKnown, restoreKnown } from "@/kept/known";
import { unshowSeen } from "@/kept/seen";

import { BoutiqueContext } from "./boutique";
import { BoutiqueChoice } from "./boutique-choice";
import { EVERY_S } from "./live";
import { useLost } from "./use-lost";

/** Shows the pages of a boutique to its members, and the way in to everybody else. */
export function Gate({ children }: { children: ReactNode }) {
  const session = useSession();
  const router = useRouter();
  const { known } = useLanguage();
  useEffect(() => {
    if (session.state === "nobody") router.replace("/sign-in");
  }, [session, router]);
  if (session.state !== "signed_in" || !known) return <Waiting />;
  return <Inside key={session.userId} userId={session.userId}>{children}</Inside>;
}

function Inside({ userId, children }: { userId: string; children: ReactNode }) {
  const t = useTranslations();
  useKnown(userId);
  const me = api.useQuery("get", "/me", {}, {
    staleTime: 300_000,
    // Who waits to be invited is let in without a reload.
    refetchInterval: ({ state }) => state.data?.boutiques.length === 0 && EVERY_S * 1_000,
    // Shown as it was last told, and asked for again at once: what may be seen, each call decides.
    initialData: () => keptMe(userId),
    initialDataUpdatedAt: 0,
  });
  useEffect(() => {
    if (me.data && me.dataUpdatedAt > 0) keepMe(userId, me.data);
  }, [userId, me.data, me.dataUpdatedAt]);
  const [kept, setKept] = useState<string | null>(() => asked() ?? window.localStorage.getItem(KEPT));
  const mine = useMemo(() => me.data?.boutiques ?? [], [me.data]);
  const { lost, remember } = useLost(mine);
  const choose = useCallback((id: string | null) => {
    if (id) window.localStorage.setItem(KEPT, id);
    else window.localStorage.removeItem(KEPT);
    setKept(id);
    remember(null);
  }, [remember]);
  // Who was removed is not led into another boutique unasked: she would not know where she is.
  const boutique = lost ? undefined : mine.length === 1 ? mine[0] : mine.find((one) => one.boutique_id === kept);
  if (boutique) remember(boutique);
  const chosen = useMemo(
    () => boutique && { boutique, others: mine.filter((one) => one !== boutique), choose },
    [boutique, mine, choose],
  );

  if (me.error && !me.data) {
    return (
      <main className="grid min-h-dvh place-items-center">
        <Empty picture={<Mark />} text={t("auth.other")}
          action={<Button onClick={() => void me.refetch()}>{t("common.retry")}</Button>} />
      </main>
    );
  }
  if (!me.data) return <Waiting />;
  if (mine.length === 0 && me.data.platform_admin) return <ToThePlatform />;
  if (mine.length === 0) {
    return (
      <main className="grid min-h-dvh place-items-center">
        <Empty picture={<Mark />} text={lost ? t("shop.lost", { name: lost.name }) : t("shop.none")}
          action={<Button look="outline" onClick={signOut}>{t("shop.signOut")}</Button>} />
      </main>
    );
  }
  if (!chosen) return <BoutiqueChoice boutiques={mine} lost={lost} onChoose={choose} />;
  return (
    <BoutiqueContext value={chosen} key={chosen.boutique.boutique_id}>
      {children}
    </BoutiqueContext>
  );
}

/** Who runs the installation and works in no boutique has her pages there. */
function ToThePlatform() {
  const router = useRouter();
  useEffect(() => router.replace("/platform"), [router]);
  return <Waiting />;
}

/** The boutique that a link names, as an alert's does. */
function asked(): string | null {
  const boutique = new URLSearchParams(window.location.search).get("boutique");
  if (boutique) window.localStorage.setItem(KEPT, boutique);
  return boutique;
}

/** The pages begin with what they were told last. */
function useKnown(userId: string): void {
  const queries = useQueryClient();
  useState(() => restoreKnown(queries, userId));
  useEffect(() => keepKnown(queries, userId), [queries, userId]);
}

export function Waiting() {
  const t = useTranslations("common");
  useLayoutEffect(() => unshowSeen, []);
  return (
    <main role="status" aria-label={t("loading")} className="grid min-h-dvh place-items-center">
      <Mark className="size-14 animate-[shimmer_1.4s_ease-in-out_infinite]" />
    </main>
  );
}

/** The next person at this device must not be told of this one's shop: its subscription ends too. */
export function signOut(): void {
  void endAlerts()
    .catch((error: unknown) => console.warn("alerts were not ended", error))
    .then(authClient).then((client) => client.signOut({ scope: "local" }));
}
