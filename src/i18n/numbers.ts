/** Numbers and lists in the reader's locale. The formatters are built once: building one costs more than using it. */
const decimal = new Intl.NumberFormat()
const names = new Intl.ListFormat(undefined, { style: 'narrow', type: 'conjunction' })
const sentence = new Intl.ListFormat(undefined, { style: 'long', type: 'conjunction' })

export const number = (value: number): string => decimal.format(value)

/** "Lena, Tomas, you": for a row, where "and" takes room that names need. */
export const nameList = (values: readonly string[]): string => names.format(values)

/** "Lena, Tomas and you". */
export const conjunction = (values: readonly string[]): string => sentence.format(values)

const plural = new Intl.PluralRules('en')

/** English has two forms; a catalogue in another language brings its own rule. */
export const one = (count: number, singular: string, other: string): string =>
  `${number(count)} ${plural.select(count) === 'one' ? singular : other}`
