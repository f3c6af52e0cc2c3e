/** Designed letters in the app's dark looks, each worked out once. */
import type { LetterTheme, LetterTree } from '../letter.ts'
import { canvasColours } from './colour.ts'
import { darkenLetter } from './darken-letter.ts'

/** The tree to show in this theme: the one given where it is to stay as it was sent. */
export type DressDark = (tree: LetterTree, theme: LetterTheme) => LetterTree

export function createDressDark(document: Document): DressDark {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const dressed = new WeakMap<LetterTree, LetterTree>()
  return (tree, theme) => {
    if (context === null || theme.scheme !== 'dark' || !tree.isDesigned) return tree
    const known = dressed.get(tree)
    if (known) return known
    const read = canvasColours(context)
    const paper = read(theme.well)
    const made = (paper && darkenLetter(tree, paper, read)) ?? tree
    dressed.set(tree, made)
    return made
  }
}
