/** The figures of letters in the built app, of any engine, as the bench has them. */
import { absolute, median, type Figure } from '../bench/figure.ts'
import type { Engine } from '../hostile/engines.ts'
import { measureFidelity, type Fidelity } from './fidelity.ts'
import { measureOpening, type Opening } from './opening.ts'

export const LETTER_FIGURES = [
  'newsletters.outside',
  'newsletters.words',
  'newsletters.differ',
  'newsletters.differ.most',
  'large.ahead',
  'large.open',
] as const

/** `tell` is given what each newsletter came to. */
export async function letterFigures(
  engine: Engine,
  wanted: (name: string) => boolean,
  tell: (letters: readonly Fidelity[]) => void = () => undefined,
): Promise<Figure[]> {
  const figures: Figure[] = []
  const wants = (part: string): boolean => LETTER_FIGURES.some((name) => name.startsWith(part) && wanted(name))
  if (wants('newsletters.')) {
    const letters = await measureFidelity(engine)
    tell(letters)
    figures.push(...fidelityFigures(letters))
  }
  if (wants('large.')) {
    const { prepared, unprepared } = await measureOpening(engine)
    figures.push(openingFigure('large.ahead', prepared, 100), openingFigure('large.open', unprepared, 200))
  }
  return figures.filter(({ name }) => wanted(name))
}

function openingFigure(name: string, times: Opening['prepared'], must: number): Figure {
  const pressed = median(times.map(({ fromPress }) => fromPress)).toFixed(0)
  const values = times.map(({ fromBody }) => fromBody)
  return absolute(name, 'ms', values, must, `${pressed} ms from the press`)
}

/** What is counted is the worst newsletter's. */
function fidelityFigures(letters: readonly Fidelity[]): readonly Figure[] {
  const shares = letters.map(({ differs }) => differs * 100)
  const worst = letters.toSorted((one, other) => other.differs - one.differs)[0]
  const lost = letters.flatMap(({ wordsLost }) => wordsLost)
  return [
    absolute('newsletters.outside', 'boxes', [sum(letters.map(({ boxesOutside }) => boxesOutside))], 0),
    absolute('newsletters.words', 'words', [lost.length], 0, lost.slice(0, 5).join(' ')),
    absolute('newsletters.differ', '% of pixels', shares, 3),
    absolute('newsletters.differ.most', '% of pixels', [Math.max(...shares)], 15, worst?.name),
  ]
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
