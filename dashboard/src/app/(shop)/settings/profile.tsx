"use client";

import { useTranslations } from "use-intl";

import { Field, Input, Textarea } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Section } from "@/shell/detail";

import { PartForm } from "./part-form";
import type { Shop } from "./queries";
import { both, type InTwo, told } from "./told";
import { usePart } from "./use-part";

const TIME_ZONES = ["Africa/Nairobi", "Africa/Dar_es_Salaam", "Africa/Kampala", "Africa/Kigali", "Africa/Addis_Ababa"];

type Profile = { name: string; owner_name: string; owner_phone: string; timezone: string; low_stock_at: string; cart_left_after_hours: string; location: InTwo };

/** The phone comes masked: only a new one is sent, so that the stored one is never overwritten by dots. */
const read = (shop: Shop): Profile => ({
  name: shop.name,
  owner_name: shop.owner_name ?? "",
  owner_phone: "",
  timezone: shop.timezone,
  low_stock_at: String(shop.low_stock_at),
  cart_left_after_hours: String(shop.cart_left_after_hours),
  location: told(shop.shop_info.location),
});

export function ProfilePart({ shop, onClose }: { shop?: Shop; onClose: () => void }) {
  const t = useTranslations("settings");
  const part = usePart<Profile>("profile", read, (value) => ({
    name: value.name,
    owner_name: value.owner_name || null,
    ...(value.owner_phone.trim() && { owner_phone: value.owner_phone }),
    timezone: value.timezone,
    low_stock_at: Number(value.low_stock_at),
    cart_left_after_hours: Number(value.cart_left_after_hours),
    shop: { location: both(value.location) },
  }));
  return (
    <PartForm part={part} title={t("profile.title")} text={t("profile.text")} theirs={shop?.name} onClose={onClose}>
      {(value) => {
        const set = (changes: Partial<Profile>) => part.set({ ...value, ...changes });
        return (
          <>
            <Field label={t("profile.name")} error={part.remedy("name")}>
              {(wired) => <Input {...wired} required maxLength={80} value={value.name} onChange={(event) => set({ name: event.target.value })} />}
            </Field>
            <Field label={t("profile.ownerName")} error={part.remedy("owner_name")}>
              {(wired) => <Input {...wired} maxLength={80} value={value.owner_name} onChange={(event) => set({ owner_name: event.target.value })} />}
            </Field>
            <Field label={t("profile.ownerPhone")} error={part.remedy("owner_phone")}
              hint={shop?.owner_phone ? t("profile.ownerPhoneIs", { phone: shop.owner_phone }) : t("profile.ownerPhoneHint")}>
              {(wired) => (
                <Input {...wired} type="tel" maxLength={40} autoComplete="off" placeholder={t("profile.ownerPhoneExample")}
                  value={value.owner_phone} onChange={(event) => set({ owner_phone: event.target.value })} />
              )}
            </Field>
            <Field label={t("profile.timezone")} error={part.remedy("timezone")}>
              {(wired) => (
                <Select {...wired} value={value.timezone} onChange={(event) => set({ timezone: event.target.value })}>
                  {[...new Set([value.timezone, ...TIME_ZONES])].map((zone) => <option key={zone}>{zone}</option>)}
                </Select>
              )}
            </Field>
            <Field label={t("profile.lowStock")} hint={t("profile.lowStockHint")} error={part.remedy("low_stock_at")}>
              {(wired) => (
                <Input {...wired} type="number" inputMode="numeric" required min={0} max={1000} value={value.low_stock_at}
                  onChange={(event) => set({ low_stock_at: event.target.value })} />
              )}
            </Field>
            <Field label={t("profile.cartLeft")} hint={t("profile.cartLeftHint")} error={part.remedy("cart_left_after_hours")}>
              {(wired) => (
                <Input {...wired} type="number" inputMode="numeric" required min={1} max={168} value={value.cart_left_after_hours}
                  onChange={(event) => set({ cart_left_after_hours: event.target.value })} />
              )}
            </Field>
            <Section title={t("profile.location")}>
              <InTwoFields value={value.location} onChange={(location) => set({ location })} error={part.remedy("location")} />
            </Section>
          </>
        );
      }}
    </PartForm>
  );
}

/** A text in English and Swahili; customers read the one of their language. */
export function InTwoFields(props: { value: InTwo; onChange: (value: InTwo) => void; error?: string }) {
  const t = useTranslations("settings");
  return (
    <div className="grid gap-4 p-4 sm:grid-cols-2">
      {(["en", "sw"] as const).map((language) => (
        <Field key={language} label={t(`languages.${language}`)} error={language === "en" ? props.error : undefined}>
          {(wired) => (
            <Textarea {...wired} maxLength={1000} value={props.value[language]}
              onChange={(event) => props.onChange({ ...props.value, [language]: event.target.value })} />
          )}
        </Field>
      ))}
    </div>
  );
}
