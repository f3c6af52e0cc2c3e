/** The URL of one blob or stream from a template of the session. */
import { JmapError } from './errors.ts'
import { expression } from './url-template.ts'

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
