"use client";

import { Copy, EllipsisVertical, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";

import { type Campaign, useCampaignsChanged } from "../queries";

const ONE = "/boutiques/{boutique_id}/campaigns/{campaign_id}";

/** A copy to change, or a draft thrown away. */
export function CampaignMore({ campaign, onGone }: { campaign: Campaign; onGone: () => void }) {
  const t = useTranslations();
  const router = useRouter();
  const path = useBoutiquePath();
  const { role } = useBoutique();
  const changed = useCampaignsChanged();
  const key = useRef(newKey());
  const params = { path: { ...path, campaign_id: campaign.id } };
  const onError = (error: unknown) => void toast.error(isProblem(error) ? error.detail : t("common.failed"));
  const copy = api.useMutation("post", `${ONE}/copy`, {
    onSuccess: (made) => { void changed(); router.push(`/campaigns/write?id=${made.id}&step=name`); },
    onError,
  });
  const remove = api.useMutation("delete", ONE, { onSuccess: () => { onGone(); void changed(); }, onError });
  if (role !== "owner") return null;
  return (
    <Menu align="end" trigger={<Button look="quiet" size="icon" aria-label={t("campaigns.more")}><EllipsisVertical aria-hidden /></Button>}>
      <MenuItem onSelect={() => copy.mutate({ params: { ...params, header: { "idempotency-key": key.current } } })}><Copy aria-hidden /> {t("campaigns.copy")}</MenuItem>
      {campaign.status === "draft" && (
        <MenuItem danger onSelect={() => remove.mutate({ params })}><Trash2 aria-hidden /> {t("campaigns.remove")}</MenuItem>
      )}
    </Menu>
  );
}
