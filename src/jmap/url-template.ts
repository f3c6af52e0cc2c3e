/** RFC 6570 level 1, which is all that RFC 8620 §2 uses: `{name}` and nothing else. */
import { JmapError } from './errors.ts'

export const expression = /\{([^{}]*)\}/g
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
