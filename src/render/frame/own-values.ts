/**
 * What a letter calls its elements, as it stands in the frame: with a mark before every id and name, so that none is
 * found by what looks for something else, on `document` or `window` least of all.
 */
import { restingHref } from '../resting-link.ts'

export const mark = 'm-'

const named = new Set(['id', 'name', 'headers'])

/** The value that an attribute has in the frame. */
export function ownValue(name: string, value: string): string {
  if (name === 'href') return value.startsWith('#') ? `#${mark}${value.slice(1)}` : restingHref(value)
  return named.has(name) ? value.replace(/\S+/g, `${mark}$&`) : value
}

/** A selector of the letter's sheets (as the CSSOM writes it, without escapes), which is to mean the same elements. */
export function ownSelector(selector: string): string {
  return selector.replace(
    /(\[(id|name|href)\^?=")([^"]*")|"[^"]*"|#/g,
    (all: string, start?: string, name?: string, value?: string) => {
      if (start !== undefined) return start + ownValue(name ?? '', value ?? '')
      return all === '#' ? all + mark : all
    },
  )
}
