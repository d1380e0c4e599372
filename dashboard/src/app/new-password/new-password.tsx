"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { authClient } from "@/auth/client";
import { Door } from "@/auth/door";
import { authProblem } from "@/auth/errors";
import { PasswordInput } from "@/auth/password-input";
import { useSession } from "@/auth/session";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { toast } from "@/components/ui/toaster";

/** Where the link of a forgotten password or an invitation leads: the link has signed the person in. */
export function NewPassword() {
  const t = useTranslations("auth");
  const router = useRouter();
  const session = useSession();
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function save(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const client = await authClient();
      const { error } = await client.updateUser({ password });
      if (error) throw error;
      toast.success(t("saved"));
      router.replace("/");
    } catch (error) {
      const kind = authProblem(error);
      setProblem(t(kind === "offline" ? "offlineError" : kind === "wrong" ? "weak" : kind));
      setBusy(false);
    }
  }

  if (session.state === "nobody") {
    return (
      <Door title={t("newPasswordTitle")} text={t("expired")}>
        <Button asChild>
          <Link href="/forgotten">{t("sendLink")}</Link>
        </Button>
      </Door>
    );
  }
  return (
    <Door title={t("newPasswordTitle")} text={session.state === "signed_in" ? session.email : ""}>
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-4">
        <Field label={t("newPassword")} hint={t("newPasswordHint")} error={problem}>
          {(wired) => (
            <PasswordInput {...wired} autoComplete="new-password" required minLength={8}
              value={password} onChange={(event) => setPassword(event.target.value)} />
          )}
        </Field>
        <Button type="submit" busy={busy} disabled={session.state !== "signed_in"}>{t("savePassword")}</Button>
      </form>
    </Door>
  );
}
