/** A key for a call that creates: sent again after a lost answer, it is carried out once. */
export function newKey(): string {
  // `crypto.randomUUID` is not there on a plain-http address of the local network.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
