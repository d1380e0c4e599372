"use client";

import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem, remedyFor } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { useListChanged } from "./queries";

const MEMBERS = "/boutiques/{boutique_id}/members";

/** Who has no account yet gets a mail with a link; who has one is in at once. */
export function InviteSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useListChanged(MEMBERS);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<"staff" | "owner">("staff");
  const invite = api.useMutation("post", MEMBERS, {
    onSuccess: (invited) => {
      changed();
      onClose();
      toast.success(t(invited.link_sent ? "settings.people.sent" : "settings.people.added", { email }));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ params: { path }, body: { email, role } });
  };
  const remedy = remedyFor(invite.error, "email") ?? (isProblem(invite.error) ? invite.error.detail : invite.error ? t("common.failed") : undefined);
  return (
    <Sheet open onOpenChange={onClose} title={t("settings.people.invite")} close={t("common.close")}
      footer={<Button type="submit" form="invite" busy={invite.isPending}>{t("settings.people.send")}</Button>}>
      <form id="invite" noValidate onSubmit={submit} className="flex flex-col gap-4 pt-1">
        <Field label={t("auth.email")} error={remedy}>
          {(wired) => (
            <Input {...wired} type="email" inputMode="email" autoComplete="off" required maxLength={254} value={email}
              onChange={(event) => setEmail(event.target.value)} />
          )}
        </Field>
        <div className="px-4">
          <Segmented label={t("settings.people.role")} value={role} onChange={setRole}
            segments={(["staff", "owner"] as const).map((one) => ({ value: one, label: t(`auth.${one}`) }))} />
        </div>
        <p className="text-xs text-soft">{t(`settings.people.means.${role}`)}</p>
      </form>
    </Sheet>
  );
}
