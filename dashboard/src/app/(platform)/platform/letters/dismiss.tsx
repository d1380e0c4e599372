"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { AskReason } from "@/platform/works/asking";

/** Takes it off the list, for a reason. */
export function Dismiss(props: { busy: boolean; error: unknown; onGiven: (reason: string) => void }) {
  const t = useTranslations("works.letters");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="outline" onClick={() => setOpen(true)}>{t("dismiss")}</Button>
      <AskReason open={open} onOpenChange={setOpen} title={t("dismiss")} text={t("dismissText")} action={t("dismiss")} {...props} />
    </>
  );
}
