/** Which addresses a link in a letter may have, by their letters: both realms ask, and so does the code behind links. */

const maxLength = 4000

/** What a parser skips or a person cannot see: no address holds it. */
// eslint-disable-next-line no-control-regex -- these very characters are refused
const invisible = /[\u0000-\u0020\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/

const linkSchemes = /^(?:https?:\/\/|mailto:|tel:|#)/i

/** The last check of a link, in both realms: a scheme by its letters, nothing invisible in it. */
export function isAllowedHref(href: string): boolean {
  return href.length <= maxLength && linkSchemes.test(href) && !invisible.test(href)
}
