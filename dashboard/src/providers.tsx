"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { FreshQueries } from "@/api/fresh-queries";
import { isProblem } from "@/api/problem";
import { SessionProvider } from "@/auth/session";
import { Toaster } from "@/components/ui/toaster";
import { Translated } from "@/i18n";

export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(() => new FreshQueries({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // What was refused stays refused; a lost connection and a busy server are asked again.
        retry: (count, error) => count < 3 && !(isProblem(error) && error.status < 500),
      },
    },
  }));
  return (
    <QueryClientProvider client={queries}>
      <Translated>
        <SessionProvider>{children}</SessionProvider>
        <Toaster />
      </Translated>
    </QueryClientProvider>
  );
}
