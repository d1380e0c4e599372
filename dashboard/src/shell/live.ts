/** Seconds between two looks while nothing tells the page of changes. */
export const EVERY_S = 12;
