import { expect, it } from 'vitest'
import { findLabels, type LabelOption } from './label-choices.ts'

const option = (key: string, name: string): LabelOption => ({ key, name, hue: 25, state: 'none' })
const options = [option('$label2', 'Work'), option('buro', 'Büro'), option('homework', 'homework')]
const find = (typed: string): string[] =>
  findLabels(options, typed, (key, name) => ({ key, name, hue: 95 })).map(
    ({ name, isNew }) => (isNew ? '+' : '') + name,
  )

it('offers all until something is typed, then what has it in its name, without case and accents', () => {
  expect(find(' ')).toEqual(['Work', 'Büro', 'homework'])
  expect(find('WORK')).toEqual(['Work', 'homework'])
})

it('offers to make what is called so by none, and by no keyword', () => {
  expect(find('To pay')).toEqual(['+To pay'])
  expect(find('wor')).toEqual(['Work', 'homework', '+wor'])
  expect(find('buro')).toEqual(['Büro'])
})
