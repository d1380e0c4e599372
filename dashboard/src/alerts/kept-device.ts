/** The id under which a boutique alerts this browser. An endpoint is a secret, so the API tells none back. */
export function keptDevice(boutiqueId: string): string | null {
  return window.localStorage.getItem(name(boutiqueId));
}

export function keepDevice(boutiqueId: string, id: string | null): void {
  if (id) window.localStorage.setItem(name(boutiqueId), id);
  else window.localStorage.removeItem(name(boutiqueId));
}

const name = (boutiqueId: string) => `dukani.device.${boutiqueId}`;

export function forgetDevices(): void {
  Object.keys(window.localStorage)
    .filter((key) => key.startsWith(name("")))
    .forEach((key) => window.localStorage.removeItem(key));
}
