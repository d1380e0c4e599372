"use client";

import { BellRing, Share, Smartphone } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/switch";
import { useLanguage } from "@/i18n";
import { useBoutiquePath } from "@/shell/boutique";

import { subscribe, subscribed, type Support, support, unsubscribe } from "@/alerts/browser";
import { keepDevice, keptDevice } from "@/alerts/kept-device";
import { toast } from "@/components/ui/toaster";
import { type Alerts, useAlertsChanged, useTold } from "./queries";

/** Alerts on the device in the person's hand: why, then one tap. The browser's own question comes after it. */
export function ThisDevice({ alerts }: { alerts: Alerts }) {
  const t = useTranslations("alerts");
  const path = useBoutiquePath();
  const [able, setAble] = useState<Support | null>(null);
  const [endpoint, setEndpoint] = useState<string | null>(null);
  useEffect(() => {
    void subscribed().then((one) => {
      setEndpoint(one?.endpoint ?? null);
      setAble(support());
    });
  }, []);
  if (able === null) return <div aria-busy="true" className="min-h-30" />;
  if (alerts.push_key === null) return <Told icon={<Smartphone aria-hidden />} text={t("notSetUp")} />;
  if (able === "install") return <Told icon={<Share aria-hidden />} text={t("install")} />;
  if (able === "blocked") return <Told icon={<Smartphone aria-hidden />} text={t("blocked")} />;
  if (able === "no") return <Told icon={<Smartphone aria-hidden />} text={t("cannot")} />;
  const id = keptDevice(path.boutique_id);
  const device = endpoint ? alerts.devices.find((one) => one.id === id) : undefined;
  return <Ask pushKey={alerts.push_key} deviceId={device?.id ?? null} onAble={setAble} onEndpoint={setEndpoint} />;
}

function Ask(props: {
  pushKey: string;
  deviceId: string | null;
  onAble: (able: Support) => void;
  onEndpoint: (endpoint: string | null) => void;
}) {
  const t = useTranslations("alerts");
  const path = useBoutiquePath();
  const { language } = useLanguage();
  const changed = useAlertsChanged();
  const told = useTold();
  const [busy, setBusy] = useState(false);
  const put = api.useMutation("put", "/boutiques/{boutique_id}/alerts/devices");
  const remove = api.useMutation("delete", "/boutiques/{boutique_id}/alerts/devices/{device_id}");
  const trial = api.useMutation("post", "/boutiques/{boutique_id}/alerts/devices/{device_id}/trial", {
    onSuccess: () => void toast(t("tried")),
    onError: told,
  });

  const turn = async (on: boolean) => {
    setBusy(true);
    try {
      await (on ? turnOn() : turnOff());
    } catch (error) {
      // The browser's own push service may be out of reach: it answers no problem of the API's.
      if (error instanceof DOMException) toast.error(t("noService"));
      else told(error);
    }
    changed();
    setBusy(false);
  };
  const turnOn = async () => {
    const device = await subscribe(props.pushKey, language);
    props.onAble(support());
    if (device === null) return;
    const added = await put.mutateAsync({ params: { path }, body: device });
    keepDevice(path.boutique_id, added.id);
    props.onEndpoint(device.endpoint);
  };
  const turnOff = async () => {
    if (props.deviceId) await remove.mutateAsync({ params: { path: { ...path, device_id: props.deviceId } } });
    keepDevice(path.boutique_id, null);
    await unsubscribe();
    props.onEndpoint(null);
  };

  if (props.deviceId === null) {
    return (
      <div className="flex flex-col items-start gap-4 p-4">
        <p className="text-soft">{t("why")}</p>
        <Button busy={busy} onClick={() => void turn(true)}><BellRing aria-hidden /> {t("turnOn")}</Button>
      </div>
    );
  }
  const id = props.deviceId;
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex min-h-12 items-center gap-4">
        <label htmlFor="this-device" className="min-w-0 flex-1 font-medium">{t("onHere")}</label>
        <Switch id="this-device" checked disabled={busy} onChange={(on) => void turn(on)} />
      </div>
      <Button look="outline" size="sm" className="self-start" busy={trial.isPending}
        onClick={() => trial.mutate({ params: { path: { ...path, device_id: id } } })}>
        {t("try")}
      </Button>
    </div>
  );
}

function Told(props: { icon: React.ReactNode; text: string }) {
  return (
    <div className="flex items-start gap-3 p-4 text-soft [&_svg]:mt-0.5 [&_svg]:size-5 [&_svg]:shrink-0">
      {props.icon} <p>{props.text}</p>
    </div>
  );
}
