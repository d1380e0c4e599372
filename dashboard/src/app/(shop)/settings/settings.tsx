"use client";

import { ChevronRight, Settings as Cog } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";

import { later } from "@/components/later";
import { Empty } from "@/components/ui/empty";
import { Row } from "@/components/ui/row";
import { Skeleton } from "@/components/ui/skeleton";
import { useBoutique } from "@/shell/boutique";
import { WaitingDetail } from "@/shell/detail";
import { PageHead, Split } from "@/shell/page";
import { useUrl } from "@/shell/url";

import { CLOSED_TO_LOOKS, GROUPS, PARTS } from "./parts";
import { PhotoModels } from "./photo-models";
import { PlanUsed } from "./plan-used";
import { useGlances } from "./use-glances";
import { WalletLink } from "./wallet-link";

const OpenPart = later(() => import("./open-part").then((part) => part.OpenPart), <WaitingDetail />);

/** The shop's set-up: every part with what it says at a glance, one tap from where it is changed. */
export function Settings() {
  const t = useTranslations("settings");
  const tAll = useTranslations();
  const { params, change } = useUrl();
  const router = useRouter();
  const { role, look } = useBoutique();
  const glances = useGlances();
  const shown = PARTS.filter((part) => (role === "owner" || !part.owners) && !(look && CLOSED_TO_LOOKS.has(part.name)));
  const open = shown.find((part) => !("page" in part) && part.name === params.get("part"))?.name ?? null;
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
                      <Row open={part.name === open} onOpen={() => ("page" in part ? router.push(part.page) : change({ part: part.name }))}
                        before={
                          <span className="grid size-10 place-items-center rounded-xl bg-sunk text-ink">
                            <part.icon aria-hidden className="size-5" />
                          </span>
                        }
                        title={part.name === "live" ? tAll("live.title") : t(`${part.name}.title`)}
                        aside={<ChevronRight aria-hidden className="size-5 self-center text-soft" />}
                        below={glances[part.name] ?? <Skeleton className="h-3 w-32" />} />
                    </li>
                  ))}
                </ul>
              </section>
            ))}
            <WalletLink />
            {role === "owner" && <PlanUsed />}
            {role === "owner" && <PhotoModels />}
          </main>
        </>
      }
      detail={open && <OpenPart key={open} part={open} onClose={() => change({ part: null })} />}
      empty={<Empty picture={<Cog aria-hidden />} text={t("choose")} />}
    />
  );
}
