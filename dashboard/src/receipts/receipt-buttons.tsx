"use client";

import { Printer, Share2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";

import { fetchReceipt, type Paper, type ReceiptOf, save, shareOrSave } from "./file";

/** A receipt given away: shared as an A4 page, or saved for the till's printer. */
export function ReceiptButtons({ of }: { of: ReceiptOf }) {
  const t = useTranslations();
  const [making, setMaking] = useState<Paper | null>(null);
  const make = async (paper: Paper, give: (file: File) => unknown) => {
    setMaking(paper);
    try {
      await give(await fetchReceipt(of, paper, t("receipt.title")));
    } catch (error) {
      toast.error(isProblem(error) ? error.detail : t("common.failed"));
    } finally {
      setMaking(null);
    }
  };
  return (
    <>
      <Button look="outline" busy={making === "a4"} onClick={() => void make("a4", shareOrSave)}>
        {making !== "a4" && <Share2 aria-hidden />} {t("receipt.share")}
      </Button>
      <Button look="outline" busy={making === "80mm"} onClick={() => void make("80mm", save)}>
        {making !== "80mm" && <Printer aria-hidden />} {t("receipt.till")}
      </Button>
    </>
  );
}
