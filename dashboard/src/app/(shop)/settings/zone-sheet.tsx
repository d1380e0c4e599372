"use client";

import { Trash2 } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { newKey } from "@/api/once";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input, Textarea } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";
import { parsePrice, useFormats } from "@/shell/formats";

import { useListChanged, type Zone } from "./queries";

const LIST = "/boutiques/{boutique_id}/delivery-zones";

type Props = { zone: Zone | null; name?: string; onSaved?: () => void; onClose: () => void };

/** A new zone, its name filled in where it is known, or one to change. A pin's circle, which only a file sets, is kept as it is. */
export function ZoneSheet({ zone, onClose, ...props }: Props) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const { currency, digits } = useFormats();
  const changed = useListChanged(LIST);
  const key = useRef(newKey());
  const [name, setName] = useState(zone?.name ?? props.name ?? "");
  const [fee, setFee] = useState(zone ? String(zone.fee_minor / 10 ** digits) : "");
  const [aliases, setAliases] = useState(zone?.aliases.join(", ") ?? "");
  const [least, setLeast] = useState(zone?.days_min?.toString() ?? "");
  const [most, setMost] = useState(zone?.days_max?.toString() ?? "");
  const [pickup, setPickup] = useState(zone?.pickup ?? false);

  const free = fee.trim() === "0" || (pickup && fee.trim() === "");
  const minor = free ? 0 : parsePrice(fee, digits);
  const done = { onSuccess: () => { changed(); onClose(); toast.success(t("settings.saved")); props.onSaved?.(); } };
  const create = api.useMutation("post", LIST, done);
  const replace = api.useMutation("put", `${LIST}/{zone_id}`, done);
  const remove = api.useMutation("delete", `${LIST}/{zone_id}`, {
    onSuccess: () => { changed(); onClose(); },
    onError: () => void toast.error(t("common.failed")),
  });
  const error = create.error ?? replace.error;
  const whole = isProblem(error) && !["name", "fee_minor", "aliases", "days_min", "days_max"].some((field) => remedyFor(error, field));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (minor === null) return;
    const days = (typed: string) => (typed.trim() === "" ? null : Number(typed));
    const body = {
      name, fee_minor: minor, pickup,
      aliases: aliases.split(/[,\n]/).map((one) => one.trim()).filter(Boolean),
      days_min: days(least) ?? days(most), days_max: days(most) ?? days(least),
      latitude: zone?.latitude ?? null, longitude: zone?.longitude ?? null, radius_km: zone?.radius_km ?? null,
    };
    if (zone) replace.mutate({ params: { path: { ...path, zone_id: zone.id } }, body });
    else create.mutate({ params: { path, header: { "idempotency-key": key.current } }, body }, { onError: () => { key.current = newKey(); } });
  }

  return (
    <Sheet open onOpenChange={onClose} title={zone?.name ?? t("settings.zones.add")} close={t("common.close")}
      footer={
        <>
          {zone && (
            <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate({ params: { path: { ...path, zone_id: zone.id } } })}>
              <Trash2 aria-hidden /> {t("settings.remove")}
            </Button>
          )}
          <Button type="submit" form="zone" busy={create.isPending || replace.isPending}>{t("common.save")}</Button>
        </>
      }>
      <form id="zone" onSubmit={submit} className="flex flex-col gap-4 pt-1">
        <Field label={t("settings.zones.name")} error={remedyFor(error, "name")}>
          {(wired) => <Input {...wired} required maxLength={80} placeholder={t("settings.zones.nameExample")} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t("settings.zones.fee", { currency })} hint={t("settings.zones.feeHint")}
          error={remedyFor(error, "fee_minor") ?? (fee && minor === null ? t("pieces.priceWrong") : undefined)}>
          {(wired) => <Input {...wired} required={!pickup} inputMode="decimal" value={fee} onChange={(event) => setFee(event.target.value)} />}
        </Field>
        <Field label={t("settings.zones.aliases")} hint={t("settings.zones.aliasesHint")} error={remedyFor(error, "aliases")}>
          {(wired) => <Textarea {...wired} className="min-h-16" value={aliases} onChange={(event) => setAliases(event.target.value)} />}
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label={t("settings.zones.daysMin")} error={remedyFor(error, "days_min")}>
            {(wired) => <Input {...wired} type="number" inputMode="numeric" min={0} max={365} value={least} onChange={(event) => setLeast(event.target.value)} />}
          </Field>
          <Field label={t("settings.zones.daysMax")} error={remedyFor(error, "days_max")}>
            {(wired) => <Input {...wired} type="number" inputMode="numeric" min={0} max={365} value={most} onChange={(event) => setMost(event.target.value)} />}
          </Field>
        </div>
        <div className="flex min-h-12 items-center gap-3">
          <label htmlFor="zone-pickup" className="flex-1 font-medium">{t("settings.zones.isPickup")}</label>
          <Switch id="zone-pickup" checked={pickup} onChange={setPickup} />
        </div>
        {whole && <p role="alert" className="text-xs text-red">{error.detail}</p>}
      </form>
    </Sheet>
  );
}
