"use client";

import { Copy, EllipsisVertical, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { toast } from "@/components/ui/toaster";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";

import { ONE_RULE, type Rule, useAutomationsChanged } from "../queries";

/** A copy to change, or a rule taken away. */
export function RuleMore({ rule, onGone }: { rule: Rule; onGone: () => void }) {
  const t = useTranslations();
  const router = useRouter();
  const path = useBoutiquePath();
  const owner = useBoutique().role === "owner";
  const changed = useAutomationsChanged();
  const key = useRef(newKey());
  const params = { path: { ...path, rule_id: rule.id } };
  const onError = (error: unknown) => void toast.error(isProblem(error) ? error.detail : t("common.failed"));
  const copy = api.useMutation("post", `${ONE_RULE}/copy`, {
    onSuccess: (made) => { void changed(); router.push(`/automations/write?id=${made.id}`); },
    onError,
  });
  const remove = api.useMutation("delete", ONE_RULE, { onSuccess: () => { onGone(); void changed(); }, onError });
  if (!owner) return null;
  return (
    <Menu align="end" trigger={<Button look="quiet" size="icon" aria-label={t("automations.more")}><EllipsisVertical aria-hidden /></Button>}>
      <MenuItem onSelect={() => copy.mutate({ params: { ...params, header: { "idempotency-key": key.current } } })}><Copy aria-hidden /> {t("automations.copy")}</MenuItem>
      <MenuItem danger onSelect={() => remove.mutate({ params })}><Trash2 aria-hidden /> {t("automations.remove")}</MenuItem>
    </Menu>
  );
}
