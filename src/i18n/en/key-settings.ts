import { help } from './help.ts'

/** The page on which keys are chosen. */
export const keySettings = {
  change: 'Change',
  changeOf: (command: string) => `Change the key for ${command}`,
  resetOf: (command: string) => `Reset the key for ${command}`,
  reset: 'Reset',
  noKey: 'No key',
  none: 'none',
  title: (command: string) => `Key for ${command}`,
  how: 'Press a key, alone or with Ctrl (Command on a Mac), or two keys one after the other. Backspace takes it back, Esc leaves it as it was.',
  field: 'New key',
  cancel: 'Cancel',
  save: 'Save',
  reserved: (key: string) => `${key} belongs to the browser or the system. Choose another key.`,
  taken: (key: string, command: string) =>
    `${key} is the key for “${command}”. Choose another key, or take it, and that has none.`,
  takenFixed: (key: string, command: string) => `${key} is the key for “${command}” and stays so. Choose another key.`,
  begins: (key: string, command: string) =>
    `${key} gets in the way of the key for “${command}”, which begins alike. Choose another key, or change that one first.`,
  free: (key: string) => `${key} is free.`,
  take: 'Take it',
  saved: (command: string, key: string) => `${command}: ${key}`,
  savedNone: (command: string) => `${command} has no key`,
  resetAll: 'Reset all keys',
  wereReset: 'All keys are as they came',
  rest: `Arrows, Enter, Esc, F2, F6, Ctrl A and Ctrl Z stay as they are, and so does G with a digit. All of them stand in ${help.title}, from the account menu.`,
}
