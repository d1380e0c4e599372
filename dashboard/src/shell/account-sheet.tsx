"use client";

import { AppWindow, Languages, LogOut, Megaphone, Server, Settings, Smartphone, Store, SunMoon, Zap } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { keptMe } from "@/auth/kept-me";
import { useSession } from "@/auth/session";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { Sheet } from "@/components/ui/sheet";
import { readConfig } from "@/config";
import { SheetSearch } from "@/everywhere/search-button";
import { type Language, LANGUAGES, useLanguage } from "@/i18n";
import { chooseTheme, keptTheme, type Theme } from "@/theme";

import { useChosen } from "./boutique";
import { signOut } from "./gate";
import { CUSTOMERS, FIGURES, MONEY } from "./nav";

/** What is behind the boutique's own button. */
export function AccountSheet(props: { onOpenChange: (open: boolean) => void }) {
  const t = useTranslations();
  const session = useSession();
  const { boutique, others, choose } = useChosen();
  const { language, choose: chooseLanguage } = useLanguage();
  const [theme, setTheme] = useState<Theme>(keptTheme);
  const [phone, setPhone] = useState<string | null>(null);
  useEffect(() => {
    void readConfig().then((config) => setPhone(config.phoneUrl));
  }, []);

  return (
    <Sheet open onOpenChange={props.onOpenChange} title={boutique.name} close={t("common.close")}>
      <p className="-mt-1 mb-5 truncate text-soft">
        {session.state === "signed_in" && session.email} · {t(`auth.${boutique.role}`)}
      </p>
      <SheetSearch onAsk={() => props.onOpenChange(false)} />
      <div className="flex flex-col gap-5">
        <Choice icon={<Languages aria-hidden />} name={t("shop.language")}>
          <Segmented<Language> label={t("shop.language")} value={language} onChange={chooseLanguage}
            segments={(Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, label: LANGUAGES[value] }))} />
        </Choice>
        <Choice icon={<SunMoon aria-hidden />} name={t("shop.theme")}>
          <Segmented<Theme> label={t("shop.theme")} value={theme}
            onChange={(chosen) => { chooseTheme(chosen); setTheme(chosen); }}
            segments={[
              { value: "system", label: t("shop.themeSystem") },
              { value: "light", label: t("shop.themeLight") },
              { value: "dark", label: t("shop.themeDark") },
            ]} />
        </Choice>
      </div>
      <div className="mt-6 flex flex-col gap-2 border-t pt-5">
        {[CUSTOMERS, MONEY, ...(boutique.role === "owner" ? [FIGURES] : [])].map((place) => (
          <Button key={place.href} asChild look="outline" className="wide:hidden">
            <Link href={place.href} onClick={() => props.onOpenChange(false)}>
              <place.icon aria-hidden /> {t(`nav.${place.name}`)}
            </Link>
          </Button>
        ))}
        <Button asChild look="outline" className="wide:hidden">
          <Link href="/campaigns" onClick={() => props.onOpenChange(false)}>
            <Megaphone aria-hidden /> {t("nav.campaigns")}
          </Link>
        </Button>
        <Button asChild look="outline" className="wide:hidden">
          <Link href="/automations" onClick={() => props.onOpenChange(false)}>
            <Zap aria-hidden /> {t("nav.automations")}
          </Link>
        </Button>
        <Button asChild look="outline">
          <Link href="/settings" onClick={() => props.onOpenChange(false)}>
            <Settings aria-hidden /> {t("nav.settings")}
          </Link>
        </Button>
        <Button asChild look="outline">
          <a href={`/s/${boutique.slug}`} target="_blank" rel="noreferrer"><AppWindow aria-hidden /> {t("shop.window")}</a>
        </Button>
        {phone && (
          <Button asChild look="outline">
            <a href={phone} target="_blank" rel="noreferrer">
              <Smartphone aria-hidden /> {t("shop.phone")}
            </a>
          </Button>
        )}
        {keptMe(session.state === "signed_in" ? session.userId : "")?.platform_admin && (
          <Button asChild look="outline">
            <Link href="/platform"><Server aria-hidden /> {t("shop.platform")}</Link>
          </Button>
        )}
        {others.length > 0 && (
          <Button look="outline" onClick={() => choose(null)}>
            <Store aria-hidden /> {t("shop.switch")}
          </Button>
        )}
        <Button look="quiet" onClick={signOut}>
          <LogOut aria-hidden /> {t("shop.signOut")}
        </Button>
      </div>
    </Sheet>
  );
}

function Choice(props: { icon: React.ReactNode; name: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-2 px-4">
      <span className="-mx-4 flex items-center gap-2 text-xs font-medium text-soft [&_svg]:size-4">
        {props.icon} {props.name}
      </span>
      {props.children}
    </div>
  );
}
