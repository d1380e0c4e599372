"use client";

import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

/** Who an entry of the ledger is of: a colleague by name, the assistant, or nobody that is known. */
export function useWho() {
  const t = useTranslations("pieces.who");
  const path = useBoutiquePath();
  const { data } = api.useQuery("get", "/boutiques/{boutique_id}/members", { params: { path } });
  return (actor: string | null, byMessage: boolean): string => {
    if (byMessage) return t("message");
    const [role, id] = actor?.split(":") ?? [];
    if (!role || role === "system") return "";
    if (role === "assistant") return t("assistant");
    const email = data?.items.find((one) => one.user_id === id)?.email;
    return email?.split("@")[0] ?? t(role === "owner" ? "owner" : "staff");
  };
}
