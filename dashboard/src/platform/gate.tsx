"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { useSession } from "@/auth/session";
import { Mark } from "@/components/brand";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { useLanguage } from "@/i18n";
import { signOut, Waiting } from "@/shell/gate";

/** Shows the platform's pages to whoever runs the installation. What may be seen, each call decides anew. */
export function PlatformGate({ children }: { children: ReactNode }) {
  const session = useSession();
  const router = useRouter();
  const { known } = useLanguage();
  useEffect(() => {
    if (session.state === "nobody") router.replace("/sign-in");
  }, [session, router]);
  if (session.state !== "signed_in" || !known) return <Waiting />;
  return <AdminsOnly key={session.userId}>{children}</AdminsOnly>;
}

function AdminsOnly({ children }: { children: ReactNode }) {
  const t = useTranslations();
  const me = api.useQuery("get", "/me", {}, { staleTime: 300_000 });
  if (me.data?.platform_admin) return children;
  if (!me.data && !me.error) return <Waiting />;
  return (
    <main className="grid min-h-dvh place-items-center">
      <Empty picture={<Mark />} text={t(me.data ? "shop.noAdmin" : "auth.other")}
        action={me.data
          ? <Button look="outline" onClick={signOut}>{t("shop.signOut")}</Button>
          : <Button onClick={() => void me.refetch()}>{t("common.retry")}</Button>} />
    </main>
  );
}
