/** A key beside the command that it does, as it is bound now: for menus, tips and assistive technology. */
import { isApple, keyHint, type KeyHint } from '../i18n/key-caps.ts'
import { chosenKeys, keyNow } from './chosen-keys.ts'
import type { Settings } from './settings.svelte.ts'

/** Undefined where no key does it. */
export function hintOf(settings: Pick<Settings, 'chosen' | 'get'>, key: string): KeyHint | undefined {
  const pressed = keyNow(chosenKeys(settings), key)
  if (pressed === undefined || (!settings.get('letterKeys') && isOfLetters(pressed))) return undefined
  return keyHint(pressed, isApple(navigator.platform))
}

/** Whether it is let alone where letters are no keys. */
function isOfLetters(pressed: string): boolean {
  return pressed.split(' ').some((key) => key.length === 1)
}
