/** The colour of the browser's own bars: that of the pane they stand at (design §2). */
import type { SettingValue } from '../../state/settings-table.ts'

/**
 * Paints them for a conversation that has the page to itself, or for a list. A theme that the system decides is followed
 * when the system turns to light or dark. The returned function stops.
 */
export function paintBars(isReading: boolean, theme: SettingValue<'theme'>): (() => void) | undefined {
  const paint = (): void => {
    const surface = isReading ? '--surface-0' : '--surface-1'
    const color = getComputedStyle(document.documentElement).getPropertyValue(surface).trim()
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) meta.content = color
  }
  paint()
  if (theme !== 'system') return undefined
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', paint)
  return () => {
    system.removeEventListener('change', paint)
  }
}
