"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { useTranslations } from "use-intl";

import { Input } from "@/components/ui/field";

export function PasswordInput(props: ComponentProps<"input">) {
  const t = useTranslations("auth");
  const [shown, setShown] = useState(false);
  return (
    <span className="relative block">
      <Input {...props} type={shown ? "text" : "password"} className="pr-12" />
      <button type="button" aria-label={t(shown ? "hide" : "show")} aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute right-0 top-0 grid size-12 place-items-center rounded-xl text-soft">
        {shown ? <EyeOff className="size-5" aria-hidden /> : <Eye className="size-5" aria-hidden />}
      </button>
    </span>
  );
}
