import type { Metadata } from "next";

import { Letters } from "./letters";

export const metadata: Metadata = { title: "Failed" };

export default function Page() {
  return <Letters />;
}
