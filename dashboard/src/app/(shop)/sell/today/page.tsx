import type { Metadata } from "next";

import { SoldToday } from "../sold-today";

export const metadata: Metadata = { title: "Sold in the shop today" };

export default function Page() {
  return <SoldToday />;
}
