/**
 * The path that the app lies under, without a slash at its end: empty on a host of its own, `/webmail` where Stalwart
 * serves it as an application. Built scripts lie in `assets/` below it, which is how both a page and a worker know; a
 * `<base>` would tell the page only, and the policy of every other deployment forbids one.
 */
export const basePath = /^(.*)\/assets\/[^/]*$/.exec(new URL(import.meta.url).pathname)?.[1] ?? ''
