"use client";

import { useTranslations } from "use-intl";

import { remedyFor } from "@/api/problem";
import { Field, Input } from "@/components/ui/field";

export type SecretField<Name extends string> = { name: Name; secret?: boolean; optional?: boolean; numeric?: boolean; spaced?: boolean };

/**
 * Credentials as they are typed. They live in the page only: a refused one stays in its field, and a
 * kept one never comes back, but for how it ends.
 */
export function SecretFields<Name extends string>(props: {
  of: "channel" | "sms" | "mpesa";
  fields: SecretField<Name>[];
  values: Record<Name, string>;
  hints: Record<string, string>;
  error: unknown;
  onChange: (values: Record<Name, string>) => void;
}) {
  const t = useTranslations("settings");
  return props.fields.map(({ name, secret, optional, numeric, spaced }) => {
    const hint = props.hints[name];
    const key = `${props.of}.fields.${name}` as never;
    const help = `${props.of}.help.${name}` as never;
    return (
      <Field key={name} label={t(key)} error={remedyFor(props.error, name)}
        hint={hint ? t("kept", { ends: hint }) : t.has(help) ? t(help) : undefined}>
        {(wired) => (
          <Input {...wired} required={!optional} autoComplete="off" autoCapitalize="none" spellCheck={false}
            type={secret ? "password" : "text"} data-1p-ignore inputMode={numeric ? "numeric" : undefined}
            value={props.values[name]} onChange={(event) => props.onChange({ ...props.values, [name]: spaced ? event.target.value : event.target.value.trim() })} />
        )}
      </Field>
    );
  });
}
