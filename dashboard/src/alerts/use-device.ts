"use client";

import { useEffect } from "react";

import { client } from "@/api/client";
import { useLanguage } from "@/i18n";
import { useBoutique } from "@/shell/boutique";

import { asDevice, subscribed } from "./browser";
import { keepDevice, keptDevice } from "./kept-device";

/** Keeps the API's word of this browser fresh: a browser renews its address, and a person her language. */
export function useDevice(): void {
  const { boutique_id } = useBoutique();
  const { language } = useLanguage();
  useEffect(() => {
    if (keptDevice(boutique_id) === null) return;
    void renew().catch((error: unknown) => console.warn("this device was not renewed", error));

    async function renew() {
      const one = await subscribed();
      if (one === null) return;
      const { data } = await client.PUT("/boutiques/{boutique_id}/alerts/devices", {
        params: { path: { boutique_id } }, body: asDevice(one, language),
      });
      if (data) keepDevice(boutique_id, data.id);
    }
  }, [boutique_id, language]);
}
