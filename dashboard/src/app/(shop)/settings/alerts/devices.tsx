"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { Button } from "@/components/ui/button";
import { useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { type AlertDevice, useAlertsChanged, useTold } from "./queries";

/** The person's other devices, each of which can be left out from here. */
export function Devices({ devices }: { devices: AlertDevice[] }) {
  const t = useTranslations("alerts");
  const { when } = useFormats();
  const path = useBoutiquePath();
  const told = useTold();
  const remove = api.useMutation("delete", "/boutiques/{boutique_id}/alerts/devices/{device_id}", {
    onSuccess: useAlertsChanged(),
    onError: told,
  });
  return (
    <ul className="divide-y">
      {devices.map((one) => (
        <li key={one.id} className="flex items-center gap-3 py-1 pl-4 pr-1">
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium">{one.device}</p>
            <p className="text-xs text-soft">
              {one.last_sent_at ? t("lastSent", { when: when(one.last_sent_at) }) : t("neverSent")}
            </p>
          </div>
          <Button look="quiet" size="icon" aria-label={t("remove", { device: one.device })}
            onClick={() => remove.mutate({ params: { path: { ...path, device_id: one.id } } })}>
            <Trash2 aria-hidden />
          </Button>
        </li>
      ))}
    </ul>
  );
}
