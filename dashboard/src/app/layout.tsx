import "./globals.css";

import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";

import { geist } from "@/fonts/geist";
import { Providers } from "@/providers";
import { THEME_SCRIPT } from "@/theme";

export const metadata: Metadata = {
  title: { default: "Dukani", template: "%s · Dukani" },
  description: "Your boutique, from your phone.",
  robots: { index: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f1e8" },
    { media: "(prefers-color-scheme: dark)", color: "#0d1418" },
  ],
};

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={geist.variable} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
