/** Reads a tree as an enemy would: what of it could load, run, leave or cover anything? */
import type { Declarations, LetterRule, LetterTree } from '../../src/render/letter.ts'

const refusedAttribute =
  /^(?:on|src$|srcset$|style$|action$|formaction$|background$|poster$|xlink|data-|is$|slot$|ping$|target$)/i
const refusedTag =
  /^(?:script|svg|math|iframe|object|embed|link|meta|base|form|input|button|video|audio|template|style|canvas)$/i
const goodHref = /^(?:https?:\/\/|mailto:|tel:|#)/i
const refusedValue = /url\(|image-set|src\(|var\(|env\(|attr\(|element\(|expression|paint\(|[\\{};<>@]/i

/** A sentence for each thing that should not be there. */
export function faultsOf(tree: LetterTree): readonly string[] {
  const faults: string[] = []
  let depth = 0
  for (const op of tree.ops) {
    if (typeof op === 'string') continue
    depth += op === 0 ? -1 : 1
    if (depth < 0) faults.push('closes more than it opens')
    if (op === 0) continue
    const [tag, attributes] = op
    if (refusedTag.test(tag)) faults.push(`tag ${tag}`)
    for (let i = 0; i < attributes.length; i += 2) {
      const [name = '', value = ''] = attributes.slice(i, i + 2)
      if (refusedAttribute.test(name)) faults.push(`${tag} ${name}`)
      if (name === 'href' && !goodHref.test(value)) faults.push(`href ${value.slice(0, 80)}`)
    }
  }
  if (depth !== 0) faults.push(`ends ${depth} levels deep`)
  for (const style of tree.styles) faults.push(...styleFaults(style))
  for (const rule of tree.sheets) faults.push(...ruleFaults(rule))
  for (const image of tree.images) {
    if (image.kind === 'data' && !/^data:image\/(?:png|jpe?g|gif|webp)[;,]/i.test(image.url))
      faults.push('data URL that is no raster')
    if (image.kind === 'remote' && !image.url.startsWith('https://')) faults.push(`picture ${image.url.slice(0, 80)}`)
  }
  return faults
}

function ruleFaults(rule: LetterRule): string[] {
  const [head, declarations] = rule
  const faults = /[{}<@;\\]/.test(head) ? [`rule ${head.slice(0, 80)}`] : []
  return declarations === null ? [...faults, ...rule[2].flatMap(ruleFaults)] : [...faults, ...styleFaults(declarations)]
}

function styleFaults(declarations: Declarations): string[] {
  const faults: string[] = []
  for (let i = 0; i < declarations.length; i += 3) {
    const [property = '', value = ''] = declarations.slice(i, i + 2)
    if (refusedValue.test(value)) faults.push(`${property}: ${value.slice(0, 80)}`)
    if (property === 'position' && !/^(?:static|relative)$/.test(value)) faults.push(`position ${value}`)
    if (/^(?:content|cursor|filter|animation|behavior|mask|clip-path|transform|z-index)/.test(property))
      faults.push(property)
  }
  return faults
}
