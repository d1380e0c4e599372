"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useBoutique } from "@/shell/boutique";
import { PageHead } from "@/shell/page";

import { Balance } from "./balance";
import { Costs } from "./costs";
import { useOpenTopUp, useWallet } from "./queries";
import { Reviewed } from "./reviewed";
import { Statement } from "./statement";
import { TopUpSheet } from "./top-up-sheet";
import { TopUpState } from "./top-up-state";

/** Message tokens: how many there are, what they buy, what became of them, and more of them. */
export function Wallet() {
  const t = useTranslations("wallet");
  const owner = useBoutique().role === "owner";
  const wallet = useWallet();
  const waiting = useOpenTopUp(owner);
  const [buying, setBuying] = useState(false);
  return (
    <>
      <PageHead title={t("title")} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 pb-8">
          {wallet?.is_low && <Notice tone="waits">{t("low", { count: wallet.available })}</Notice>}
          {waiting && !buying && <TopUpState topUp={waiting} />}
          <Reviewed owner={owner} />
          <Balance wallet={wallet}
            action={owner && <Button onClick={() => setBuying(true)}><Plus aria-hidden /> {t("buy")}</Button>} />
          <Costs available={wallet?.available ?? 0} />
          {owner ? <Statement /> : <p className="text-xs text-soft">{t("ownersOnly")}</p>}
        </div>
      </main>
      {owner && <TopUpSheet open={buying} onOpenChange={setBuying} waiting={waiting} />}
    </>
  );
}
