"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { later } from "@/components/later";
import { Button } from "@/components/ui/button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Section } from "@/shell/detail";

import { KeysOf } from "./keys-of";
import { KEYS } from "./queries";

const ChannelKeysSheet = later(() => import("./channel-keys-sheet").then((part) => part.ChannelKeysSheet));
const SmsKeysSheet = later(() => import("./sms-keys-sheet").then((part) => part.SmsKeysSheet));
const MpesaKeysSheet = later(() => import("./mpesa-keys-sheet").then((part) => part.MpesaKeysSheet));

const WHATSAPP = ["twilio", "meta"];
const SMS = ["twilio_sms", "africastalking"];

/** The keys of a boutique at its providers: whether they work, and others in their place. */
export function Keys({ boutique }: { boutique: Schemas["PlatformBoutiquePage"] }) {
  const t = useTranslations("platformShops.keys");
  const [open, setOpen] = useState<"channel" | "sms" | "mpesa" | null>(null);
  const { data } = api.useQuery("get", KEYS, { params: { path: { boutique_id: boutique.id } } });
  const close = (yes: boolean) => !yes && setOpen(null);
  const has = (names: string[]) => data?.items.some((one) => names.includes(one.provider) && !one.shared);
  return (
    <Section title={t("title")}>
      {!data && <SkeletonRows count={2} />}
      {data?.items.length === 0 && <p className="p-4 text-soft">{t("none")}</p>}
      <ul className="divide-y">
        {data?.items.map((one) => (
          <KeysOf key={one.provider} boutiqueId={boutique.id} keys={one}
            onReplace={() => setOpen(WHATSAPP.includes(one.provider) ? "channel" : SMS.includes(one.provider) ? "sms" : "mpesa")} />
        ))}
      </ul>
      {data && (!has(WHATSAPP) || !has(SMS) || !has(["daraja", "paylink"])) && (
        <div className="flex flex-wrap gap-2 border-t p-4">
          {!has(WHATSAPP) && <Button size="sm" look="outline" onClick={() => setOpen("channel")}>{t("set")}</Button>}
          {!has(SMS) && <Button size="sm" look="outline" onClick={() => setOpen("sms")}>{t("setSms")}</Button>}
          {!has(["daraja", "paylink"]) && <Button size="sm" look="outline" onClick={() => setOpen("mpesa")}>{t("setMpesa")}</Button>}
        </div>
      )}
      {data && <ChannelKeysSheet boutique={boutique} keys={data.items} open={open === "channel"} onOpenChange={close} />}
      {data && <SmsKeysSheet boutiqueId={boutique.id} keys={data.items} open={open === "sms"} onOpenChange={close} />}
      {data && <MpesaKeysSheet boutique={boutique} keys={data.items} open={open === "mpesa"} onOpenChange={close} />}
    </Section>
  );
}
