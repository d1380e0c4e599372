"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { Facts } from "./facts";
import { MpesaForm } from "./mpesa-form";
import { MpesaTrial } from "./mpesa-trial";
import { PartPage } from "./part-form";
import { useMpesa } from "./queries";

/** How the shop is paid: prompts to the customer's phone, or a till that customers pay by hand. */
export function MpesaPart({ onClose }: { onClose: () => void }) {
  const t = useTranslations("settings");
  const { data } = useMpesa();
  return (
    <PartPage title={t("mpesa.title")} text={t("mpesa.text")} onClose={onClose}>
      {!data ? <SkeletonRows count={3} /> : <Ways key={data.provider} mpesa={data} />}
    </PartPage>
  );
}

function Ways({ mpesa }: { mpesa: Schemas["Mpesa"] }) {
  const t = useTranslations("settings");
  const { full } = useFormats();
  const prompts = mpesa.provider !== "manual";
  const set = prompts ? mpesa.shortcode !== null : !!(mpesa.till ?? mpesa.paybill);
  const [changing, setChanging] = useState(!set);
  const rows: [string, string][] = [[t("mpesa.way"), t(`mpesa.providers.${mpesa.provider}`)]];
  if (mpesa.shortcode) rows.push([t("mpesa.fields.shortcode"), mpesa.shortcode]);
  if (mpesa.till) rows.push([t("mpesa.fields.till"), mpesa.till]);
  if (!prompts && mpesa.paybill) rows.push([t("mpesa.fields.paybill"), mpesa.paybill]);
  if (prompts) rows.push([t("channel.checked"), mpesa.checked_at ? full(mpesa.checked_at) : t("never")]);
  const paid = mpesa.last_test?.reason === "paid";
  return (
    <>
      {set && (
        <Section title={t("mpesa.now")} aside={prompts && <Badge tone={paid ? "good" : "waits"}>{t(paid ? "mpesa.tried" : "mpesa.untried")}</Badge>}>
          <Facts rows={rows} />
        </Section>
      )}
      {prompts && mpesa.shortcode && <MpesaTrial last={mpesa.last_test} />}
      {changing
        ? <MpesaForm mpesa={mpesa} onDone={() => setChanging(false)} onCancel={set ? () => setChanging(false) : undefined} />
        : <Button look="outline" className="self-start" onClick={() => setChanging(true)}>{t("mpesa.change")}</Button>}
    </>
  );
}
