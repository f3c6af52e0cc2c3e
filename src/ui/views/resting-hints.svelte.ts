/** The keys that stand on the screen at rest. How others are written comes where the reader chose some. */
import { Lazy } from '../shared/lazy.svelte.ts'
import type { KeyHint } from '../../i18n/key-caps.ts'
import type { Settings } from '../../state/settings.svelte.ts'

export function restingHints(settings: Settings): (key: string) => KeyHint | undefined {
  const late = new Lazy(() => import('../../state/key-hint.ts'))
  const hasChosen = $derived(settings.chosen(undefined)['keys'] !== undefined)
  $effect(() => {
    if (hasChosen) late.load()
  })
  return (key) => {
    if (hasChosen) return late.value?.hintOf(settings, key)
    return settings.get('letterKeys') ? { text: key.toUpperCase(), aria: key } : undefined
  }
}
