/** RFC 6570 level 1, which is all that RFC 8620 §2 uses: `{name}` and nothing else. */
import { JmapError } from './errors.ts'

const expression = /\{([^{}]*)\}/g
/** Survives URL parsing unchanged, in a path and in a query. */
const stand = (name: string): string => `postern.${name}.var`

/**
 * Resolves a template against the session's URL. The URL parser would escape the braces, so each expression stands as a
 * plain word while it works. Throws when the template asks for a variable that is not in `known`.
 */
export function resolveTemplate(
  template: string,
  base: string,
  known: readonly string[],
): { url: URL; template: string } {
  const plain = template.replace(expression, (_match, name: string) => {
    if (!known.includes(name)) throw new JmapError('protocol', 'A URL of the session has an unknown variable')
    return stand(name)
  })
  let url: URL
  try {
    url = new URL(plain, base)
  } catch {
    throw new JmapError('protocol', 'A URL of the session is not a URL')
  }
  return { url, template: restoreTemplate(url.href, known) }
}

function restoreTemplate(href: string, known: readonly string[]): string {
  return known.reduce((text, name) => text.replaceAll(stand(name), `{${name}}`), href)
}

/**
 * Fills a template in. Values are percent-encoded, so none can add a path segment or a parameter; a segment of dots
 * cannot be encoded at all (`%2e%2e` is a dot segment too) and is refused.
 */
export function expandTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(expression, (_match, name: string) => {
    const value = Object.hasOwn(values, name) ? (values[name] ?? '') : ''
    if (value === '.' || value === '..') throw new JmapError('protocol', 'An id or name is a path segment of dots')
    return encodeURIComponent(value.toWellFormed())
  })
}
