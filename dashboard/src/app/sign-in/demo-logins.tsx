"use client";

import { ChevronRight } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { Avatar } from "@/components/ui/avatar";
import { type DemoLogin, readConfig } from "@/config";

/** The demo's people, each one tap; nothing where the server offers none. */
export function DemoLogins(props: { busy: boolean; onChoose: (login: DemoLogin) => void }) {
  const t = useTranslations("auth");
  const [logins, setLogins] = useState<DemoLogin[]>([]);
  useEffect(() => {
    readConfig().then((config) => setLogins(config.demoLogins), () => setLogins([]));
  }, []);
  if (logins.length === 0) return null;
  return (
    <section aria-labelledby="demo" className="animate-fade">
      <h2 id="demo" className="mb-2 text-xs font-medium text-soft">{t("demoTitle")}</h2>
      <ul className="divide-y overflow-hidden rounded-2xl border bg-surface">
        {logins.map((login) => (
          <li key={login.email}>
            <button type="button" disabled={props.busy} onClick={() => props.onChoose(login)}
              className="flex min-h-16 w-full items-center gap-3 px-4 text-left transition-colors hover:bg-ink/4 focus-visible:-outline-offset-2">
              <Avatar name={login.name} className="size-10" />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{login.name}</span>
                <span className="block truncate text-xs text-soft">
                  {t(login.role)} · {login.boutique}
                </span>
              </span>
              <ChevronRight aria-hidden className="size-5 text-soft" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
