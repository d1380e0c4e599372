"use client";

import { FileSpreadsheet, FileUp, MoreVertical, Search, Store } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toaster";
import { save } from "@/receipts/file";
import { useBoutique } from "@/shell/boutique";

import { fetchList } from "./import/queries";

/** All pieces at once: from a spreadsheet, and as one. */
export function ListMenu() {
  const t = useTranslations();
  const router = useRouter();
  const { boutique_id } = useBoutique();
  const [saving, setSaving] = useState(false);
  const download = async (format: "csv" | "xlsx") => {
    setSaving(true);
    try {
      save(await fetchList(boutique_id, format, `${t("pieces.title")} ${new Date().toISOString().slice(0, 10)}`));
    } catch {
      toast.error(t("common.failed"));
    } finally {
      setSaving(false);
    }
  };
  return (
    <Menu align="end" trigger={<Button look="quiet" size="icon" aria-label={t("pieces.allOfThem")} busy={saving}>{!saving && <MoreVertical aria-hidden />}</Button>}>
      <MenuItem onSelect={() => router.push("/pieces/import")}><FileUp aria-hidden /> {t("pieces.import")}</MenuItem>
      <MenuItem onSelect={() => router.push("/pieces/search")}><Search aria-hidden /> {t("pieces.trySearch")}</MenuItem>
      <MenuItem onSelect={() => router.push("/pieces/catalogue")}><Store aria-hidden /> {t("pieces.catalogue")}</MenuItem>
      <MenuItem onSelect={() => void download("xlsx")}><FileSpreadsheet aria-hidden /> {t("pieces.exportExcel")}</MenuItem>
      <MenuItem onSelect={() => void download("csv")}><FileSpreadsheet aria-hidden /> {t("pieces.exportCsv")}</MenuItem>
    </Menu>
  );
}
