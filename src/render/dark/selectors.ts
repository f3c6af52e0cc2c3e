/** Which elements of a tree a sheet's rule speaks of: types, classes and ids, within each other or children of each other. */

export interface TreeElement {
  readonly tag: string
  readonly id: string
  readonly classes: readonly string[]
}

interface Compound {
  readonly tag: string
  readonly id: string
  readonly classes: readonly string[]
  /** Stands directly in what the compound before it names. */
  readonly isChild: boolean
}

export interface Selector {
  readonly compounds: readonly Compound[]
  /** CSS Selectors 4 §17, as one number. */
  readonly specificity: number
}

const compound = /^([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)$/i

/** Undefined for anything else, such as a state, an attribute or a sibling. */
export function readSelector(text: string): Selector | undefined {
  const compounds: Compound[] = []
  let specificity = 0
  let isChild = false
  for (const word of text
    .trim()
    .replace(/\s*>\s*/g, ' > ')
    .split(/\s+/)) {
    if (word === '>') {
      isChild = true
      continue
    }
    // A link that was not followed is a link; the frame never knows others.
    const match = compound.exec(word.replace(/^a:(?:any-)?link$/i, 'a'))
    if (match === null || word === '') return undefined
    const tag = (match[1] ?? '*').toLowerCase()
    const marks = (match[2] ?? '').match(/[.#][\w-]+/g) ?? []
    const ids = marks.filter((mark) => mark.startsWith('#'))
    const classes = marks.filter((mark) => mark.startsWith('.')).map((mark) => mark.slice(1))
    if (ids.length > 1) return undefined
    compounds.push({ tag, id: ids[0]?.slice(1) ?? '', classes, isChild })
    specificity += ids.length * 10_000 + classes.length * 100 + (tag === '*' ? 0 : 1)
    isChild = false
  }
  return compounds.length === 0 || compounds[0]?.isChild || isChild ? undefined : { compounds, specificity }
}

/** `path`: the element last, what it stands in before it. */
export function matches({ compounds }: Selector, path: readonly TreeElement[]): boolean {
  return matchesFrom(compounds, compounds.length - 1, path, path.length - 1)
}

function matchesFrom(compounds: readonly Compound[], at: number, path: readonly TreeElement[], end: number): boolean {
  const wanted = compounds[at]
  const element = path[end]
  if (wanted === undefined) return true
  if (element === undefined || !isOne(wanted, element)) return false
  if (at === 0) return true
  if (wanted.isChild) return matchesFrom(compounds, at - 1, path, end - 1)
  for (let above = end - 1; above >= 0; above--) if (matchesFrom(compounds, at - 1, path, above)) return true
  return false
}

function isOne(wanted: Compound, element: TreeElement): boolean {
  return (
    (wanted.tag === '*' || wanted.tag === element.tag) &&
    (wanted.id === '' || wanted.id === element.id) &&
    wanted.classes.every((name) => element.classes.includes(name))
  )
}
