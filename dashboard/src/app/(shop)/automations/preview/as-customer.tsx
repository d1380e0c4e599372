"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";

import type { Chosen } from "../trying/customer-choice";

const CustomerChoice = later(() => import("../trying/customer-choice").then((part) => part.CustomerChoice));

/** Whose values stand in the preview: a customer's, or those of an example. */
export function AsCustomer({ chosen, onChoose }: { chosen: Chosen | null; onChoose: (chosen: Chosen | null) => void }) {
  const t = useTranslations("automationPreview");
  const c = useTranslations("common");
  const [open, setOpen] = useState(false);
  const choose = (next: Chosen | null) => {
    onChoose(next);
    setOpen(next === null && chosen !== null); // "another" leaves the list open
  };
  return (
    <>
      <Button look="outline" size="sm" aria-haspopup="dialog" onClick={() => setOpen(true)} className="max-w-full">
        <span className="text-soft">{t("as")}</span>
        <span className="truncate">{chosen?.name ?? t("asNobody")}</span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-soft" />
      </Button>
      <Sheet open={open} onOpenChange={setOpen} close={c("close")} title={t("choose")}>
        <div className="flex flex-col gap-3">
          <CustomerChoice chosen={chosen} onChoose={choose} />
          {chosen && <Button look="quiet" onClick={() => { onChoose(null); setOpen(false); }}>{t("asNobody")}</Button>}
        </div>
      </Sheet>
    </>
  );
}
