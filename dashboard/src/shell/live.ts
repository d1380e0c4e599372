/** Seconds between two looks, for what a page was not told of: a stream may be down. */
export const EVERY_S = 12;
