/** What single layers beside the tree must hold to, each said again in words of the test's own. */
import type { LetterTree } from '../../../src/render/letter.ts'
import type { TextPiece } from '../../../src/render/text-links.ts'

/** The decided limits (frame design §11, §14). */
const most = { levels: 400, nodes: 60_000, text: 300_000 }

export function treeSizeFaults(tree: LetterTree): string[] {
  let [levels, deepest, nodes, text] = [0, 0, 0, 0]
  for (const op of tree.ops) {
    if (op === 0) levels--
    else {
      nodes++
      if (typeof op === 'string') text += op.length
      else deepest = Math.max(deepest, ++levels)
    }
  }
  // the runs that are quotes count as levels of the list, not of the letter
  const faults = deepest > 2 * most.levels ? [`${deepest} levels`] : []
  if (nodes > 2 * most.nodes) faults.push(`${nodes} nodes`)
  if (text > most.text) faults.push(`${text} characters`)
  return faults
}

const userInfo = /^\s*https?:\/\/[^/?#]*@/i
const namedHost = /^\s*(?:https?:\/\/)?((?:[a-z\d-]+\.)+[a-z]{2,})(?=$|[\s/?#:])/i

/** A link that lies about where it goes must ask first. */
export function linkFaults(href: string, text: string, asks: boolean): string[] {
  if (asks || !/^\s*https?:/i.test(href)) return []
  if (userInfo.test(href)) return [`opens a user name without asking: ${href.slice(0, 80)}`]
  const named = namedHost
    .exec(text)?.[1]
    ?.toLowerCase()
    .replace(/^www\./, '')
  const actual = new URL(href).hostname.replace(/^www\./, '')
  if (named === undefined || /\s/.test(text.trim()) || actual === named || actual.endsWith(`.${named}`)) return []
  return [`says ${named} and opens ${actual} without asking`]
}

/** Pieces are the text again, and lead nowhere but where mail may lead. */
export function textFaults(text: string, pieces: readonly TextPiece[]): string[] {
  const faults = pieces.map((piece) => piece.text).join('') === text ? [] : [`text changed: ${text.slice(0, 60)}`]
  for (const piece of pieces) {
    if (piece.kind === 'link' && !/^(?:https?:\/\/|mailto:|tel:)/.test(piece.href)) faults.push(`link ${piece.href}`)
  }
  return faults
}

// eslint-disable-next-line no-control-regex -- these very characters are refused
const unsafeName = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff/\\:*?"<>|]|^[.\s]|[.\s]$/
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

export function nameFaults(name: string): string[] {
  const isSafe =
    name !== '' && !unsafeName.test(name) && !device.test(name) && new TextEncoder().encode(name).length <= 200
  return isSafe ? [] : [`file name ${JSON.stringify(name.slice(0, 80))}`]
}
