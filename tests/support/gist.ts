/** How much is said of the first failure, in characters, and how many others are named. */
const MOST_TEXT = 1_200
const MOST_NAMES = 12

/** Playwright numbers what failed (`  1) file.spec.ts:8:3 › title ───`), Vitest and our own runners begin with a word. */
const NAMES_A_FAILURE = /^\s*(?:\d+\) \S|FAIL\b|FAILED\b|not ok\b)/u

/** What a step's output says of its failures, short: the first with its reason, then the names of all. Else its end. */
export function gistOf(output: string): string {
  const lines = output.trimEnd().split('\n')
  const first = lines.findIndex((line) => NAMES_A_FAILURE.test(line))
  if (first < 0) return lines.join('\n').slice(-MOST_TEXT)
  const names = new Set(lines.filter((line) => NAMES_A_FAILURE.test(line)).map((line) => line.trim()))
  return [lines.slice(first).join('\n').slice(0, MOST_TEXT), ...[...names].slice(0, MOST_NAMES)].join('\n')
}
