/** The addresses that a link may have. What is told of them to the reader is in `links.ts`, fetched with the first link. */
import { isAllowedHref } from './link-schemes.ts'

/** Null for anything that is no web, mail or telephone address: such a link goes nowhere. */
export function linkAddress(href: string): URL | null {
  const trimmed = href.trim()
  if (!isAllowedHref(trimmed) || trimmed.startsWith('#')) return null
  let url: URL
  try {
    url = new URL(trimmed)
  } catch {
    return null
  }
  if (isWebAddress(url)) return url.hostname === '' ? null : url
  return url.protocol === 'mailto:' || url.protocol === 'tel:' ? url : null
}

/** Http or https. */
export function isWebAddress(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:'
}
