"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslations } from "use-intl";

import { authClient } from "@/auth/client";
import { Door } from "@/auth/door";
import { authProblem } from "@/auth/errors";
import { PasswordInput } from "@/auth/password-input";
import { useSession } from "@/auth/session";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";

import { DemoLogins } from "./demo-logins";

export function SignIn() {
  const t = useTranslations("auth");
  const router = useRouter();
  const session = useSession();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (session.state === "signed_in") router.replace("/");
  }, [session, router]);

  async function signIn(as: { email: string; password: string }) {
    setBusy(true);
    setProblem(undefined);
    try {
      const client = await authClient();
      const { error } = await client.signInWithPassword(as);
      if (error) throw error;
    } catch (error) {
      const kind = authProblem(error);
      setProblem(t(kind === "offline" ? "offlineError" : kind));
      setBusy(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void signIn({ email: email.trim(), password });
  }

  return (
    <Door title={t("welcome")} text={t("tagline")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t("email")}>
          {(wired) => (
            <Input {...wired} type="email" autoComplete="username" inputMode="email" required
              value={email} onChange={(event) => setEmail(event.target.value)} />
          )}
        </Field>
        <Field label={t("password")} error={problem}>
          {(wired) => (
            <PasswordInput {...wired} autoComplete="current-password" required value={password}
              onChange={(event) => setPassword(event.target.value)} />
          )}
        </Field>
        <Button type="submit" busy={busy} className="mt-1">
          {t("signIn")}
        </Button>
        <Link href="/forgotten" className="self-center rounded-lg px-3 py-2 font-medium text-green-ink hover:underline">
          {t("forgotten")}
        </Link>
      </form>
      <DemoLogins busy={busy} onChoose={(login) => void signIn(login)} />
    </Door>
  );
}
