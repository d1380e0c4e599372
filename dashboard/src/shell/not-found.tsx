"use client";

import { Store } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";

export function NotFound() {
  const t = useTranslations("common");
  return (
    <main className="grid min-h-dvh place-items-center">
      <Empty
        picture={<Store aria-hidden />}
        text={t("notFound")}
        action={
          <Button asChild>
            <Link href="/">{t("home")}</Link>
          </Button>
        }
      />
    </main>
  );
}
