/**
 * The address that a page is on its way to.
 *
 * Next shows each address in a transition of its own and writes it into the browser's bar when that is
 * drawn: on a slow phone an older one stands in `window.location` again after a newer was written. Who
 * changes a part of the address must begin with the newest.
 */
export class Addresses {
  private written: string[] = []; // not drawn yet, the oldest first
  private drawn = "";

  /** The newest of this page; `here` is what the browser shows. */
  newest(here: string): string {
    const last = this.written.at(-1);
    return last !== undefined && pageOf(last) === pageOf(here) ? last : here;
  }

  write(address: string): void {
    this.written.push(address);
  }

  /** What is drawn now. An address that was not written here is somebody else's, and later. */
  draw(address: string): void {
    if (address === this.drawn) return;
    this.drawn = address;
    const nth = this.written.indexOf(address);
    this.written = nth < 0 ? [] : this.written.slice(nth + 1);
  }

  /** The person went back or forward. */
  leave(): void {
    this.written = [];
  }
}

const pageOf = (address: string) => address.split("?")[0];

/** As it is written here: one spelling for one address. */
export function addressOf(page: string, params: URLSearchParams): string {
  const query = params.toString();
  return query ? `${page}?${query}` : page;
}
