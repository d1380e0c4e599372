"use client";

import { useTranslations } from "use-intl";

import { Field, Input } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import { Section } from "@/shell/detail";

import { PartForm } from "./part-form";
import { InTwoFields } from "./profile";
import type { Shop } from "./queries";
import { both, type InTwo, told } from "./told";
import { usePart } from "./use-part";

type Policies = {
  days: string;
  returns: InTwo;
  holds: string;
  onDelivery: boolean;
  giftWrap: boolean;
};

const days = (stored: unknown) => (typeof stored === "number" ? String(stored) : "");
const count = (typed: string) => (typed.trim() === "" ? null : Number(typed));

/** Returns, and what else the shop grants: what is not said here, the assistant asks a person. */
export function ReturnsPart({ onClose }: { shop?: Shop; onClose: () => void }) {
  const t = useTranslations("settings");
  const part = usePart<Policies>("returns",
    ({ shop_info: info }) => ({
      days: days(info.returns_days),
      returns: told(info.returns),
      holds: days(info.holds_days),
      onDelivery: info.pay_on_delivery === true,
      giftWrap: info.gift_wrap === true,
    }),
    (value) => ({
      shop: {
        returns_days: count(value.days),
        returns: both(value.returns),
        holds_days: count(value.holds),
        pay_on_delivery: value.onDelivery,
        gift_wrap: value.giftWrap,
      },
    }));
  return (
    <PartForm part={part} title={t("returns.title")} text={t("returns.text")} onClose={onClose}>
      {(value) => {
        const set = (changes: Partial<Policies>) => part.set({ ...value, ...changes });
        return (
          <>
            <Field label={t("returns.days")} hint={t("returns.daysHint")} error={part.remedy("returns_days")}>
              {(wired) => <Input {...wired} type="number" inputMode="numeric" min={0} max={365} value={value.days} onChange={(event) => set({ days: event.target.value })} />}
            </Field>
            <Section title={t("returns.words")}>
              <InTwoFields value={value.returns} onChange={(returns) => set({ returns })} error={part.remedy("returns")} />
            </Section>
            <Field label={t("returns.holds")} hint={t("returns.holdsHint")} error={part.remedy("holds_days")}>
              {(wired) => <Input {...wired} type="number" inputMode="numeric" min={0} max={365} value={value.holds} onChange={(event) => set({ holds: event.target.value })} />}
            </Field>
            <ul className="divide-y rounded-2xl border bg-surface">
              {([["onDelivery", "payOnDelivery"], ["giftWrap", "giftWrap"]] as const).map(([field, name]) => (
                <li key={field} className="flex min-h-16 items-center gap-3 px-4">
                  <label htmlFor={`grants-${field}`} className="min-w-0 flex-1 font-medium">{t(`returns.${name}`)}</label>
                  <Switch id={`grants-${field}`} checked={value[field]} onChange={(on) => set({ [field]: on })} />
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </PartForm>
  );
}
