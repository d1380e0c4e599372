import { client } from "@/api/client";

export type ReceiptOf = { boutiqueId: string; number: string } & ({ orderId: string } | { saleId: string });
export type Paper = "a4" | "80mm";

/** The receipt as a file named by its number; what the API refuses is thrown. */
export async function fetchReceipt(of: ReceiptOf, paper: Paper, name: string): Promise<File> {
  const boutique_id = of.boutiqueId;
  const query = { paper };
  const asked = "orderId" in of
    ? client.GET("/boutiques/{boutique_id}/orders/{order_id}/receipt",
      { params: { path: { boutique_id, order_id: of.orderId }, query }, parseAs: "blob" })
    : client.GET("/boutiques/{boutique_id}/counter-sales/{sale_id}/receipt",
      { params: { path: { boutique_id, sale_id: of.saleId }, query }, parseAs: "blob" });
  const { data, error } = await asked;
  if (!data) throw error;
  return new File([data], `${name} ${of.number}.pdf`, { type: "application/pdf" });
}

/** Through the device's own sheet (WhatsApp is in it), or saved where a browser has none. */
export async function shareOrSave(file: File): Promise<void> {
  if (!navigator.canShare?.({ files: [file] })) return save(file);
  try {
    await navigator.share({ files: [file], title: file.name });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return; // the person closed the sheet
    save(file); // the tap was too long ago for the browser, on a slow network
  }
}

export function save(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
