"use client";

import { MapPin, Plus, Store } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Row } from "@/components/ui/row";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { PartPage } from "./part-form";
import { useZones, type Zone } from "./queries";
import { ZoneSheet } from "./zone-sheet";

/** Where the shop delivers and for how much; an address in no zone is agreed with a person. */
export function ZonesPart({ onClose }: { onClose: () => void }) {
  const t = useTranslations("settings");
  const { role } = useBoutique();
  const { money } = useFormats();
  const { data } = useZones();
  const [open, setOpen] = useState<Zone | "new" | null>(null);
  const owner = role === "owner";
  const add = owner && (
    <Button size="sm" onClick={() => setOpen("new")}><Plus aria-hidden /> {t("zones.add")}</Button>
  );
  return (
    <PartPage title={t("zones.title")} text={t("zones.text")} onClose={onClose}>
      {!data && <SkeletonRows count={3} />}
      {data?.items.length === 0 && <Empty picture={<MapPin aria-hidden />} text={t("zones.none")} action={add} />}
      {data && data.items.length > 0 && (
        <>
          <ul aria-label={t("zones.title")} className="divide-y overflow-hidden rounded-2xl border bg-surface">
            {data.items.map((zone) => (
              <li key={zone.id}>
                <Row onOpen={() => owner && setOpen(zone)} title={zone.name}
                  before={
                    <span className="grid size-10 place-items-center rounded-xl bg-green-soft text-green-ink [&_svg]:size-5">
                      {zone.pickup ? <Store aria-hidden /> : <MapPin aria-hidden />}
                    </span>
                  }
                  aside={<span className="font-medium">{zone.fee_minor ? money(zone.fee_minor) : t("zones.free")}</span>}
                  below={zone.aliases.join(", ") || (zone.pickup ? t("zones.pickup") : t("zones.onlyName"))}
                  belowAside={zone.days_max !== null && <Badge>{t("zones.arrives", { min: zone.days_min ?? 0, max: zone.days_max })}</Badge>} />
              </li>
            ))}
          </ul>
          <div>{add}</div>
        </>
      )}
      {open && <ZoneSheet zone={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </PartPage>
  );
}
