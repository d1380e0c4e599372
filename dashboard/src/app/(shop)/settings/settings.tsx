"use client";

import { ChevronRight, Settings as Cog } from "lucide-react";
import { useTranslations } from "use-intl";

import { Empty } from "@/components/ui/empty";
import { Row } from "@/components/ui/row";
import { Skeleton } from "@/components/ui/skeleton";
import { useBoutique } from "@/shell/boutique";
import { PageHead, Split } from "@/shell/page";
import { useUrl } from "@/shell/url";

import { AlertsPart } from "./alerts/alerts";
import { ChannelPart } from "./channel";
import { GoLivePart } from "./go-live";
import { HoursPart } from "./hours";
import { KeysPart } from "./keys";
import { MpesaPart } from "./mpesa";
import { GROUPS, type PartName, PARTS } from "./parts";
import { PeoplePart } from "./people";
import { ProfilePart } from "./profile";
import { useShop } from "./queries";
import { ReturnsPart } from "./returns";
import { SizesPart } from "./sizes";
import { TonePart } from "./tone";
import { useGlances } from "./use-glances";
import { ZonesPart } from "./zones";

/** The shop's set-up: every part with what it says at a glance, one tap from where it is changed. */
export function Settings() {
  const t = useTranslations("settings");
  const { params, change } = useUrl();
  const { role } = useBoutique();
  const glances = useGlances();
  const shown = PARTS.filter((part) => role === "owner" || !part.owners);
  const open = shown.find((part) => part.name === params.get("part"))?.name ?? null;
  return (
    <Split
      list={
        <>
          <PageHead title={t("title")} />
          <main className="min-h-0 flex-1 overflow-y-auto pb-6">
            {GROUPS.filter((group) => shown.some((part) => part.group === group)).map((group) => (
              <section key={group} aria-labelledby={`settings-${group}`}>
                <h2 id={`settings-${group}`} className="px-4 pb-1 pt-5 text-xs font-medium text-soft">{t(`groups.${group}`)}</h2>
                <ul className="divide-y border-y">
                  {shown.filter((part) => part.group === group).map((part) => (
                    <li key={part.name}>
                      <Row open={part.name === open} onOpen={() => change({ part: part.name })}
                        before={
                          <span className="grid size-10 place-items-center rounded-xl bg-sunk text-ink">
                            <part.icon aria-hidden className="size-5" />
                          </span>
                        }
                        title={t(`${part.name}.title`)}
                        aside={<ChevronRight aria-hidden className="size-5 self-center text-soft" />}
                        below={glances[part.name] ?? <Skeleton className="h-3 w-32" />} />
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </main>
        </>
      }
      detail={open && <Open key={open} part={open} onClose={() => change({ part: null })} />}
      empty={<Empty picture={<Cog aria-hidden />} text={t("choose")} />}
    />
  );
}

function Open({ part, onClose }: { part: PartName; onClose: () => void }) {
  const shop = useShop().data?.shop;
  switch (part) {
    case "profile": return <ProfilePart shop={shop} onClose={onClose} />;
    case "hours": return <HoursPart shop={shop} onClose={onClose} />;
    case "zones": return <ZonesPart onClose={onClose} />;
    case "returns": return <ReturnsPart onClose={onClose} />;
    case "sizes": return <SizesPart onClose={onClose} />;
    case "tone": return <TonePart onClose={onClose} />;
    case "alerts": return <AlertsPart onClose={onClose} />;
    case "people": return <PeoplePart onClose={onClose} />;
    case "channel": return <ChannelPart onClose={onClose} />;
    case "mpesa": return <MpesaPart onClose={onClose} />;
    case "live": return <GoLivePart onClose={onClose} />;
    case "keys": return <KeysPart onClose={onClose} />;
  }
}
