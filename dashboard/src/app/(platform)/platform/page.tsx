import type { Metadata } from "next";

import { Boutiques } from "./boutiques";

export const metadata: Metadata = { title: "Boutiques" };

export default function Page() {
  return <Boutiques />;
}
