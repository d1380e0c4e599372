import type { Metadata } from "next";

import { Forgotten } from "./forgotten";

export const metadata: Metadata = { title: "Forgotten password" };

export default function Page() {
  return <Forgotten />;
}
