"use client";

import { useTranslations } from "use-intl";

import { Skeleton } from "@/components/ui/skeleton";
import { useBoutique } from "@/shell/boutique";
import { Section } from "@/shell/detail";

import { PartPage } from "../part-form";
import { Devices } from "./devices";
import { keptDevice } from "@/alerts/kept-device";
import { Kinds } from "./kinds";
import { useAlerts, useMuting } from "./queries";
import { ThisDevice } from "./this-device";

/** What a person is alerted to with the app closed, on which devices, and the owner's phone. */
export function AlertsPart({ onClose }: { onClose: () => void }) {
  const t = useTranslations("alerts");
  const { boutique_id, role } = useBoutique();
  const { data: alerts } = useAlerts();
  const mute = useMuting("choices");
  const muteOwner = useMuting("owner-phone");
  const others = alerts?.devices.filter((one) => one.id !== keptDevice(boutique_id)) ?? [];
  return (
    <PartPage title={t("title")} text={t("text")} onClose={onClose}>
      {!alerts && (
        <div aria-busy="true" className="space-y-4">
          {[0, 1, 2].map((row) => <Skeleton key={row} className="h-24 rounded-xl" />)}
        </div>
      )}
      {alerts && (
        <>
          <Section title={t("thisDevice")}><ThisDevice alerts={alerts} /></Section>
          {others.length > 0 && <Section title={t("otherDevices")}><Devices devices={others} /></Section>}
          <Section title={t("about")}><Kinds label={t("about")} muted={alerts.muted} onChange={mute} /></Section>
          {alerts.owner_phone && (
            <Section title={t("onWhatsApp", { phone: alerts.owner_phone })}>
              <Kinds label={t("onWhatsApp", { phone: alerts.owner_phone })} muted={alerts.owner_phone_muted} onChange={muteOwner} disabled={role !== "owner"} />
            </Section>
          )}
        </>
      )}
    </PartPage>
  );
}
