import type { OrderData } from "./queries";

type Place = Pick<OrderData, "address" | "latitude" | "longitude">;

/** Where to go, on the map: the customer's own pin, else a search for the address. */
export function mapLink({ address, latitude, longitude }: Place): string | null {
  const pinned = latitude !== null && longitude !== null;
  const where = pinned ? `${latitude},${longitude}` : address;
  return where ? `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(where)}` : null;
}
