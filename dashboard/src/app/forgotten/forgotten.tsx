"use client";

import Link from "next/link";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { authClient } from "@/auth/client";
import { Door } from "@/auth/door";
import { authProblem } from "@/auth/errors";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";

export function Forgotten() {
  const t = useTranslations("auth");
  const [email, setEmail] = useState("");
  const [busy, setBusy] = useState(false);
  const [sentTo, setSentTo] = useState<string>();
  const [problem, setProblem] = useState<string>();

  async function send(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const client = await authClient();
      const { error } = await client.resetPasswordForEmail(email.trim(), {
        redirectTo: `${window.location.origin}/new-password`,
      });
      if (error) throw error;
      setSentTo(email.trim());
    } catch (error) {
      const kind = authProblem(error);
      setProblem(t(kind === "offline" ? "offlineError" : kind === "wrong" ? "other" : kind));
    }
    setBusy(false);
  }

  return (
    <Door title={t("forgottenTitle")} text={sentTo ? t("linkSent", { email: sentTo }) : t("forgottenText")}>
      {!sentTo && (
        <form onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <Field label={t("email")} error={problem}>
            {(wired) => (
              <Input {...wired} type="email" autoComplete="username" inputMode="email" required
                value={email} onChange={(event) => setEmail(event.target.value)} />
            )}
          </Field>
          <Button type="submit" busy={busy}>{t("sendLink")}</Button>
        </form>
      )}
      <Button asChild look="outline">
        <Link href="/sign-in">{t("backToSignIn")}</Link>
      </Button>
    </Door>
  );
}
