/** `URL.canParse` and `URL.parse` are younger than the browsers we support (Safari 16.4). */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}

/** Something that fetch may be given: web schemes, and no user name or password in it. */
export function isPlainWebUrl(url: URL): boolean {
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === ''
}
