"use client";

import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Sheet } from "@/components/ui/sheet";
import { useUrl } from "@/shell/url";

import { NOBODY, OUTCOMES, PROVIDERS } from "./queries";

const NAMES = ["provider", "kind", "boutique", "outcome", "since", "until"] as const;

/** Provider, kind, boutique, outcome and days of the list; they stand in the address. */
export function Filtering() {
  const t = useTranslations("works.webhooks");
  const [open, setOpen] = useState(false);
  const { params } = useUrl();
  const chosen = NAMES.filter((name) => params.get(name)).length;
  return (
    <>
      <Button look="outline" size="sm" onClick={() => setOpen(true)}>
        <SlidersHorizontal aria-hidden /> {t("filters")}{chosen > 0 && ` (${chosen})`}
      </Button>
      {open && <FilterSheet onClose={() => setOpen(false)} />}
    </>
  );
}

function FilterSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations();
  const words = useTranslations("works.webhooks");
  const { params, change } = useUrl();
  const kinds = api.useQuery("get", "/platform/webhook-event-kinds").data?.items ?? [];
  const boutiques = api.useQuery("get", "/platform/boutiques").data?.items ?? [];
  const [chosen, setChosen] = useState(() => Object.fromEntries(NAMES.map((name) => [name, params.get(name) ?? ""])));
  const choose = (name: string) => ({ target }: { target: { value: string } }) => setChosen((before) => ({ ...before, [name]: target.value }));
  const show = () => { change({ ...chosen, id: null, which: chosen.outcome === "handled" ? "all" : params.get("which") }, "replace"); onClose(); };
  const lists = [
    ["provider", "anyProvider", PROVIDERS.map((one) => [one, one] as const)],
    ["kind", "anyKind", kinds.map((one) => [one, one] as const)],
    ["boutique", "anyBoutique", [[NOBODY, t("works.nobodys")] as const, ...boutiques.map((one) => [one.id, one.name] as const)]],
    ["outcome", "anyOutcome", OUTCOMES.map((one) => [one, words(`outcomes.${one}`)] as const)],
  ] as const;
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={words("filters")} close={t("common.close")}
      footer={<Button onClick={show}>{words("show")}</Button>}>
      <div className="flex flex-col gap-4">
        {lists.map(([name, any, options]) => (
          <Field key={name} label={words(name)}>
            {(wired) => (
              <Select {...wired} value={chosen[name]} onChange={choose(name)}>
                <option value="">{words(any)}</option>
                {options.map(([value, label]) => <option key={value} value={value}>{label}</option>)}
              </Select>
            )}
          </Field>
        ))}
        <div className="grid grid-cols-1 gap-4 wide:grid-cols-2">
          {(["since", "until"] as const).map((name) => (
            <Field key={name} label={words(name)}>
              {(wired) => <Input {...wired} type="date" value={chosen[name]} onChange={choose(name)} />}
            </Field>
          ))}
        </div>
      </div>
    </Sheet>
  );
}
