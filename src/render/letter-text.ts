/**
 * A letter as the text that goes into its frame. Newsletters open the same cell hundreds of times: a tag that was opened
 * before is its number, so that the text is short and the frame makes one by copying the first.
 */
import type { FrameOp, LetterBody } from './frame/protocol.ts'
import type { LetterTree } from './letter.ts'

/** Texts of letters that will be opened soon; taken once, since most letters are shown once. */
const ahead = new WeakMap<LetterTree, string>()

/** Writes the text of a letter while nobody waits for it. */
export function writeAhead(tree: LetterTree): void {
  if (!ahead.has(tree)) ahead.set(tree, write(tree))
}

/** JSON of a `LetterBody`. */
export function letterText(tree: LetterTree): string {
  const text = ahead.get(tree) ?? write(tree)
  ahead.delete(tree)
  return text
}

function write({ ops, styles, sheets }: LetterTree): string {
  const numbers = new Map<string, number>()
  const body: LetterBody = {
    ops: ops.map((op): FrameOp => {
      if (typeof op === 'string' || op === 0) return op
      const key = JSON.stringify(op)
      const number = numbers.get(key)
      if (number !== undefined) return number
      numbers.set(key, numbers.size + 1)
      return op
    }),
    styles,
    sheets,
  }
  return JSON.stringify(body)
}
