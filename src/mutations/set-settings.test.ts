import { expect, it } from 'vitest'
import { mergeSettings } from '../mail/account-settings.ts'
import { inverseOfSetSettings, setSettings } from './set-settings.ts'

const name = 'mailboxes/b'

it('a choice is taken back, and done again, by later ones, whatever the clock says', () => {
  const before = { [name]: { value: { colour: 'teal' }, at: 7 } }
  const done = setSettings({ [name]: { value: { colour: 'rose' }, at: 9 } }, before)
  const back = inverseOfSetSettings(done)
  const again = back && inverseOfSetSettings(back)
  expect(back?.entries).toEqual({ [name]: { value: { colour: 'teal' }, at: 10 } })
  expect(again?.entries).toEqual({ [name]: { value: { colour: 'rose' }, at: 11 } })
  expect(mergeSettings(again?.entries ?? {}, before, back?.entries ?? {}, done.entries)).toEqual(again?.entries)
})

it('what was never chosen is so again', () => {
  const done = setSettings({ [name]: { value: { colour: 'rose' }, at: 9 } }, { [name]: { at: 0 } })
  expect(inverseOfSetSettings(done)?.entries).toEqual({ [name]: { at: 10 } })
})

it('one that says nothing of what was has no way back', () => {
  expect(inverseOfSetSettings(setSettings({ readDelay: { value: 3, at: 9 } }))).toBeUndefined()
})
