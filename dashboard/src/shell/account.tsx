"use client";

import { ChevronsUpDown } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { Avatar } from "@/components/ui/avatar";

import { useChosen } from "./boutique";

const AccountSheet = later(() => import("./account-sheet").then((part) => part.AccountSheet));

/** The person and the boutique: language, look, another boutique, the way out. */
export function Account({ wide }: { wide?: boolean }) {
  const t = useTranslations("shop");
  const { boutique } = useChosen();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)} aria-label={t("account")}
        className={wide
          ? "flex min-h-14 items-center gap-3 rounded-xl px-2 text-left transition-colors hover:bg-ink/4"
          : "rounded-xl"}>
        <Avatar name={boutique.name} square className={wide ? "size-9 rounded-lg" : "size-11"} />
        {wide && (
          <>
            <span className="min-w-0 flex-1 truncate font-medium">{boutique.name}</span>
            <ChevronsUpDown aria-hidden className="size-4 text-soft" />
          </>
        )}
      </button>
      {open && <AccountSheet onOpenChange={setOpen} />}
    </>
  );
}
