import type { Metadata } from "next";

export const metadata: Metadata = { title: "Money" };

export default function Page() {
  return <main className="flex-1" />;
}
