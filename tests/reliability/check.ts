/** One of the checks R8 to R24 of reliability.md §0, and how what it found is said. */

/** One number that came out, and what it has to be. */
export interface Figure {
  readonly what: string
  readonly value: number
  readonly must: number
  /** It has to be reached, not kept under. */
  readonly isLeast?: true
  /** Why it is what it is: the first thing that went wrong, or how much was looked at. */
  readonly note?: string | undefined
}

export interface Check {
  readonly name: string
  readonly about: string
  /** With the engine alone, in this process. */
  readonly inProcess?: () => Promise<readonly Figure[]>
  /** What only a browser shows. */
  readonly inBrowser?: () => Promise<readonly Figure[]>
}

export const atMost = (what: string, value: number, must: number, note?: string): Figure => ({
  what,
  value,
  must,
  note,
})

export const atLeast = (what: string, value: number, must: number, note?: string): Figure => ({
  ...atMost(what, value, must, note),
  isLeast: true,
})

export function isReached({ value, must, isLeast }: Figure): boolean {
  return isLeast ? value >= must : value <= must
}

/** `3 rounds (at most 3)`; with its note where it says why, or how much was looked at. */
export function sayFigure(figure: Figure): string {
  const { what, value, must, isLeast, note } = figure
  const bar = isLeast ? `at least ${String(must)}` : must === 0 ? 'must 0' : `at most ${String(must)}`
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(1)
  return `${isReached(figure) ? '' : 'MISSED: '}${shown} ${what} (${bar}${note === undefined ? '' : `; ${note.slice(0, 200)}`})`
}

export function sayCheck({ name, about }: Check, figures: readonly Figure[]): string {
  return `${name} ${about}: ${figures.map(sayFigure).join(', ')}`
}
