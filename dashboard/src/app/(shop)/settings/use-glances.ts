"use client";

import { useTranslations } from "use-intl";

import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { useTemplates } from "../templates/queries";
import { useAlerts } from "./alerts/queries";
import type { PartName } from "./parts";
import { useApiKeys, useChannel, useGoLive, useMembers, useMpesa, useShop, useSizeCharts, useSmsSender, useZones } from "./queries";
import { told } from "./told";
import { readWeek, runs } from "./week";

/** What each place of the settings says, on one line. */
export function useGlances(): Partial<Record<PartName, string>> {
  const t = useTranslations("settings");
  const tLive = useTranslations("live");
  const { money } = useFormats();
  const { role } = useBoutique();
  const shop = useShop().data?.shop;
  const zones = useZones().data?.items;
  const charts = useSizeCharts().data?.items;
  const devices = useAlerts().data?.devices;
  const people = useMembers().data?.items;
  const templates = useTemplates().data?.items;
  const keys = useApiKeys(role === "owner").data?.items.filter((key) => !key.revoked_at);

  const owner = role === "owner";
  const channel = useChannel(owner).data;
  const sms = useSmsSender(owner).data;
  const mpesa = useMpesa(owner).data;
  const live = useGoLive(owner).data;

  const fees = zones?.filter((zone) => !zone.pickup).map((zone) => zone.fee_minor) ?? [];
  const info = shop?.shop_info;
  return {
    profile: shop && [shop.name, shop.owner_name].filter(Boolean).join(" · "),
    hours: shop && hours(),
    zones: zones && (zones.length === 0 ? t("notSet")
      : t("zones.glance", { count: zones.length, from: money(Math.min(...(fees.length ? fees : [0]))), to: money(Math.max(0, ...fees)) })),
    returns: info && (typeof info.returns_days === "number" ? t("returns.glance", { count: info.returns_days }) : told(info.returns).en || t("notSet")),
    sizes: charts && (charts.length ? t("sizes.glance", { count: charts.length }) : t("sizes.everybodys")),
    tone: shop && [t(`languages.${shop.language}`), typeof info?.tone === "string" ? info.tone : null].filter(Boolean).join(" · "),
    alerts: devices && t("alerts.glance", { count: devices.length }),
    people: people && t("people.glance", { count: people.length }),
    channel: channel && (channel.account
      ? [t(`channel.providers.${channel.provider}`), channel.account, channel.problem && t("channel.broken")].filter(Boolean).join(" · ")
      : t("notSet")),
    sms: sms && (sms.provider
      ? [t(`sms.providers.${sms.provider}`), sms.sender, sms.problem && t("sms.broken")].filter(Boolean).join(" · ")
      : t("notSet")),
    templates: templates && t("templates.glance", { count: templates.filter((one) => one.status === "approved").length }),
    mpesa: mpesa && [t(`mpesa.providers.${mpesa.provider}`), mpesa.shortcode ?? mpesa.till ?? mpesa.paybill ?? t("notSet")].join(" · "),
    live: live && (live.is_complete ? tLive("ready") : tLive("missing", { count: live.steps.filter((step) => !step.done && !step.optional).length })),
    changes: t("changes.glance"),
    keeping: t("keeping.glance"),
    takeout: t("takeout.glance"),
    agents: t("agents.glance"),
    keys: keys && t("keys.glance", { count: keys.length }),
  };

  function hours(): string {
    const week = readWeek(info?.hours);
    if (!week) return told(info?.hours).en || t("notSet");
    return runs(week).filter((run) => run.spans.length).map((run) => {
      const days = run.from === run.to ? t(`daysShort.${run.from}`) : `${t(`daysShort.${run.from}`)}–${t(`daysShort.${run.to}`)}`;
      return `${days} ${run.spans.map((span) => `${span.opens}–${span.closes}`).join(", ")}`;
    }).join(" · ");
  }
}
