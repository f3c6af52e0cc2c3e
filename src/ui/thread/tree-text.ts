/** The words of a prepared letter, for where its frame is not: one line for each block. */
import type { LetterTree } from '../../render/letter.ts'

const inline = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i img ins kbd mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)

export function treeText(tree: LetterTree): string {
  let text = ''
  const open: string[] = []
  const breakLine = (): void => {
    if (text !== '' && !text.endsWith('\n')) text += '\n'
  }
  for (const op of tree.ops) {
    if (typeof op === 'string') {
      text += op.replace(/\s+/g, ' ')
    } else if (op === 0) {
      if (!inline.has(open.pop() ?? '')) breakLine()
    } else {
      open.push(op[0])
      if (op[0] === 'br') text += '\n'
      else if (!inline.has(op[0])) breakLine()
    }
  }
  return text
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
