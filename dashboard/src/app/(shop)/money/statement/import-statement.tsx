"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { WithAllWords } from "@/i18n";
import { useBoutique } from "@/shell/boutique";
import { PageHead, PageWaiting } from "@/shell/page";
import { useUrl } from "@/shell/url";

import { ChooseStatement } from "./choose-statement";
import { Found } from "./found";

export function ImportStatement() {
  return <WithAllWords waiting={<PageWaiting />}><Steps /></WithAllWords>;
}

/** The file, then what was found in it. */
function Steps() {
  const t = useTranslations("money");
  const owner = useBoutique().role === "owner";
  const { params, change } = useUrl();
  const id = params.get("id");
  return (
    <>
      <PageHead
        title={<span className="flex items-center gap-1"><Button asChild look="quiet" size="icon" className="-ml-2"><Link href="/money" aria-label={t("title")}><ArrowLeft aria-hidden /></Link></Button> {t("statement.title")}</span>}
      />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 pb-8">
          {id ? <Found id={id} again={params.get("again") !== null} />
            : owner ? <ChooseStatement onTaken={(one) => change({ id: one.id, again: one.is_new ? null : "1" })} />
            : <p className="text-soft">{t("settle.ownersOnly")}</p>}
        </div>
      </main>
    </>
  );
}
