"use client";

import { Crown, MailPlus, RotateCw, UserMinus, UserPlus, UserRound } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { isProblem } from "@/api/problem";
import { useSession } from "@/auth/session";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Row } from "@/components/ui/row";
import { Sheet } from "@/components/ui/sheet";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { InviteSheet } from "./invite-sheet";
import { PartPage } from "./part-form";
import { useListChanged, useMembers } from "./queries";

export const MEMBERS = "/boutiques/{boutique_id}/members";
type Member = Schemas["Member"];

/** Who works in the shop. Owners invite, give roles and remove; a removed person is out at once. */
export function PeoplePart({ onClose }: { onClose: () => void }) {
  const t = useTranslations();
  const { role } = useBoutique();
  const session = useSession();
  const { when } = useFormats();
  const { data } = useMembers();
  const [open, setOpen] = useState<Member | null>(null);
  const [inviting, setInviting] = useState(false);
  const me = session.state === "signed_in" ? session.userId : "";
  const owner = role === "owner";
  const seen = (member: Member) =>
    !member.confirmed ? t("settings.people.notOpened")
    : member.last_sign_in_at ? t("settings.people.seen", { when: when(member.last_sign_in_at) })
    : t("settings.people.neverSeen");
  return (
    <PartPage title={t("settings.people.title")} text={t("settings.people.text")} onClose={onClose}>
      {!data && <SkeletonRows count={2} />}
      {data && (
        <ul aria-label={t("settings.people.title")} className="divide-y overflow-hidden rounded-2xl border bg-surface">
          {data.items.map((member) => (
            <li key={member.user_id}>
              <Row onOpen={() => owner && member.user_id !== me && setOpen(member)}
                before={<Avatar name={member.email ?? "?"} />}
                title={member.email}
                aside={member.user_id === me && <span className="text-xs text-soft">{t("settings.people.you")}</span>}
                below={seen(member)}
                belowAside={member.confirmed
                  ? <Badge tone={member.role === "owner" ? "good" : "plain"}>{t(`auth.${member.role}`)}</Badge>
                  : <Badge tone="waits">{t("settings.people.invited")}</Badge>} />
            </li>
          ))}
        </ul>
      )}
      {owner && <div><Button size="sm" onClick={() => setInviting(true)}><UserPlus aria-hidden /> {t("settings.people.invite")}</Button></div>}
      {inviting && <InviteSheet onClose={() => setInviting(false)} />}
      {open && <MemberSheet member={open} onClose={() => setOpen(null)} />}
    </PartPage>
  );
}

function MemberSheet({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useTranslations();
  const path = { ...useBoutiquePath(), user_id: member.user_id };
  const changed = useListChanged(MEMBERS);
  const [sure, setSure] = useState(false);
  const settled = (said: string) => ({
    onSuccess: () => { changed(); onClose(); toast.success(said); },
    onError: (error: unknown) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  const email = member.email ?? "";
  const other = member.role === "owner" ? "staff" as const : "owner" as const;
  const change = api.useMutation("put", `${MEMBERS}/{user_id}`, settled(t("settings.people.changed", { email })));
  const remove = api.useMutation("delete", `${MEMBERS}/{user_id}`, settled(t("settings.people.removed", { email })));
  const again = api.useMutation("post", MEMBERS, settled(t("settings.people.sent", { email })));
  return (
    <Sheet open onOpenChange={onClose} title={email} close={t("common.close")}>
      <div className="flex flex-col gap-2 pt-2">
        {!member.confirmed && (
          <Button look="outline" busy={again.isPending}
            onClick={() => again.mutate({ params: { path: { boutique_id: path.boutique_id } }, body: { email, role: member.role } })}>
            <RotateCw aria-hidden /> {t("settings.people.resend")}
          </Button>
        )}
        <Button look="outline" busy={change.isPending} onClick={() => change.mutate({ params: { path }, body: { role: other } })}>
          {other === "owner" ? <Crown aria-hidden /> : <UserRound aria-hidden />} {t(`settings.people.make.${other}`)}
        </Button>
        <p className="px-1 text-xs text-soft">{t(`settings.people.means.${other}`)}</p>
        {sure ? (
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate({ params: { path } })}>
            <UserMinus aria-hidden /> {t("settings.people.removeSure")}
          </Button>
        ) : (
          <Button look="quiet" className="text-red" onClick={() => setSure(true)}>
            <UserMinus aria-hidden /> {t("settings.people.remove")}
          </Button>
        )}
        <p className="flex items-center gap-2 px-1 pt-2 text-xs text-soft"><MailPlus aria-hidden className="size-4" /> {t("settings.people.removeMeans")}</p>
      </div>
    </Sheet>
  );
}
