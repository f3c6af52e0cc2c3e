/** The two live regions, there and empty from the first paint. One function speaks, at most once a second, joined. */
import type { Announce } from '../state/contexts.ts'
import type { Clock } from '../platform/clock.ts'

const PAUSE_MS = 1000

export function createAnnouncer(clock: Clock, regions: { polite: HTMLElement; assertive: HTMLElement }): Announce {
  const speakers = { polite: createSpeaker(clock, regions.polite), assertive: createSpeaker(clock, regions.assertive) }
  return (text, politeness = 'polite') => speakers[politeness](text)
}

function createSpeaker(clock: Clock, region: HTMLElement): (text: string) => void {
  let waiting: string[] = []
  let isResting = false
  const speak = (): void => {
    if (waiting.length === 0) {
      isResting = false
      // Emptied, so that the same words said again later are a change and are read again.
      region.textContent = ''
      return
    }
    isResting = true
    region.textContent = waiting.join(' ')
    waiting = []
    clock.after(PAUSE_MS, speak)
  }
  return (text) => {
    if (!waiting.includes(text)) waiting.push(text)
    if (!isResting) speak()
  }
}
