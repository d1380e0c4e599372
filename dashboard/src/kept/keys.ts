// Names in localStorage that more than one part reads; some are read before any script of ours runs.
export const BOUTIQUE = "dukani.boutique";
export const LANGUAGE = "dukani.language";
export const ME = "dukani.me";
export const READ_LOOK = "dukani.read-look";
