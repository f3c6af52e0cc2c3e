/** How far the reader's choice is carried out, as it is stored (`meta.keepState`). */
export const KEPT_PARTLY = 0
/** All that is to be kept is here, and was once gone through. */
export const KEPT_WHOLE = 1
/** The reader has chosen less since. */
export const KEPT_TOO_MUCH = 2
