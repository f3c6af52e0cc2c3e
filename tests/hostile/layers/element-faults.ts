/**
 * What of a document is not in the decided lists (frame design §14). The lists are written down here a second time on
 * purpose: a hole in the ones that ship must not open the test as well.
 */
import type { SeenElement } from './seen-elements.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

const tags = words(`a abbr address article aside b bdi bdo big blockquote body br caption center cite code col colgroup
  dd del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr html i img ins kbd li
  main mark menu nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot
  th thead time tr tt u ul var wbr`)

const attributes = words(`class id dir lang title align valign bgcolor width height href name alt border hspace vspace
  cellpadding cellspacing rules frame summary colspan rowspan nowrap headers scope abbr span start type reversed value
  color face size text link vlink alink leftmargin topmargin rightmargin bottommargin marginwidth marginheight noshade
  clear open datetime`)

/** sanitised: what the walker is handed. frame: what stands in a mail frame. */
export type Stage = 'sanitised' | 'frame'

const alsoTags: Record<Stage, ReadonlySet<string>> = { sanitised: words('head style'), frame: words('') }

/** The walker reads the first three and keeps none; the rest the frame's builder sets itself. */
const alsoAttributes: Record<Stage, ReadonlySet<string>> = {
  sanitised: words('src style media'),
  frame: words('src style referrerpolicy decoding data-held data-tall aria-level role'),
}

/** At rest, so that nothing is contacted before a reader says so; and to places of this letter alone. */
const hrefs = /^(?:about:blank#(?:https?:\/\/|mailto:|tel:)|#m-)/i
const named = words('id name headers')
const sources: Record<Stage, RegExp> = {
  // DOMPurify leaves every data URL in a picture, where it is no document; the walker knows the kinds
  sanitised: /^(?:$|https?:|cid:|#|mailto:|tel:|data:)/i,
  frame: /^(?:blob:|data:image\/(?:png|jpe?g|gif|webp)[;,])/i,
}
/** Drawn by the frame itself in place of a picture that is held back. */
const heldPicture = 'data:image/svg+xml,'
const reaching = /url\(|image-set\(|src\(|@import|@font-face|expression\(|position:\s*(?:fixed|absolute|sticky)/i

export function elementFaults(elements: readonly SeenElement[], stage: Stage): string[] {
  return elements.flatMap((element) => faultsOf(element, stage))
}

/** Sheets as text: nothing in them loads anything or leaves its place. */
export function sheetFaults(text: string): string[] {
  const match = reaching.exec(text)
  return match === null ? [] : [`sheet: ${text.slice(Math.max(0, match.index - 60), match.index + 60)}`]
}

function faultsOf({ tag, isHtml, attributes: pairs, clobbers }: SeenElement, stage: Stage): string[] {
  if (stage === 'frame' && tag === 'button') return isOwnPill(pairs) ? [] : ['a button that is not ours']
  const faults = isHtml && (tags.has(tag) || alsoTags[stage].has(tag)) ? [] : [`element ${tag}`]
  // by its id an element is found on `window` alone, where it hides nothing; by its name on `document`
  if (stage === 'sanitised') faults.push(...clobbers.map((name) => `${tag} named ${name}`))
  for (let i = 0; i < pairs.length; i += 2) {
    const [name = '', value = ''] = pairs.slice(i, i + 2)
    const isKnown = attributes.has(name) || alsoAttributes[stage].has(name) || isOwnFold(name, pairs)
    if (!isKnown) faults.push(`${tag} ${name}`)
    if (name === 'name' && tag !== 'a' && stage === 'frame') faults.push(`${tag} name`)
    if (named.has(name) && stage === 'frame' && !/^\s*(?:m-\S+\s*)*$/.test(value))
      faults.push(`${tag} ${name} ${value.slice(0, 80)}`)
    if (name === 'href' && stage === 'frame' && !hrefs.test(value)) faults.push(`href ${value.slice(0, 80)}`)
    if (name === 'href' && stage === 'sanitised' && /^\s*(?:javascript|vbscript|file|blob):/i.test(value))
      faults.push(`href ${value.slice(0, 80)}`)
    if (name === 'src' && !isKnownSource(value, pairs, stage)) faults.push(`src ${value.slice(0, 80)}`)
    if (name === 'style' && stage === 'frame') faults.push(...sheetFaults(value))
  }
  return faults
}

function isKnownSource(value: string, pairs: readonly string[], stage: Stage): boolean {
  if (stage === 'frame' && pairs.includes('data-held') && value.startsWith(heldPicture)) return true
  return sources[stage].test(value.trim())
}

function isOwnPill(pairs: readonly string[]): boolean {
  const names = pairs.filter((_, index) => index % 2 === 0)
  return names.includes('data-quote') && names.every((name) => /^(?:type|data-quote|aria-expanded)$/.test(name))
}

function isOwnFold(name: string, pairs: readonly string[]): boolean {
  return name === 'data-fold' || (name === 'hidden' && pairs.includes('data-fold'))
}
