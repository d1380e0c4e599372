"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { toast } from "@/components/ui/toaster";

import { ZoneSheet } from "../../settings/zone-sheet";
import type { Days } from "../range";
import { AnswerSheet } from "./answer-sheet";
import type { SheetFix } from "./fixes";
import { type How, useClosing, type Wish } from "./queries";
import { SynonymSheet } from "./synonym-sheet";
import { WishSheet } from "./wish-sheet";
import { textOf, unknownIn } from "./wish-words";

/** One wish: who asked, and the sheet of its fix in its place once that is chosen. */
export function OpenWish(props: { wish: Wish; days: Days; onDismiss: () => void; onClose: () => void }) {
  const t = useTranslations();
  const { wish, onClose } = props;
  const { close, busy } = useClosing();
  const [fix, setFix] = useState<SheetFix | null>(null);
  const granted = async (how: How) => {
    onClose();
    try {
      await close(wish, how);
      toast.success(t("wishes.closed"));
    } catch {
      toast.error(t("wishes.notClosed"));
    }
  };
  const words = textOf(wish, "words");
  switch (fix) {
    case null: return <WishSheet {...props} busy={busy} onFix={setFix} onGranted={(how) => void granted(how)} />;
    case "zone": return <ZoneSheet zone={null} name={textOf(wish, "place")} onSaved={() => void granted("zone")} onClose={onClose} />;
    case "synonym": return <SynonymSheet said={unknownIn(words || textOf(wish, "name") || wish.subject)} onSaved={() => void granted("synonym")} onClose={onClose} />;
    case "answer": return <AnswerSheet asked={words} onSaved={() => void granted("answer")} onClose={onClose} />;
  }
}
