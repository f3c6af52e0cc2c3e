import type { Draw } from './draw.ts'

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** Puts numbers, weekdays and times into a sentence. */
export function fillIn(template: string, draw: Draw): string {
  return template.replace(/\{(n|day|time)\}/g, (_all, what: string) => {
    if (what === 'n') return String(draw.int(2, 48))
    return what === 'day' ? draw.pick(days) : `${draw.int(7, 19)}:${draw.pick(['00', '15', '30', '45'])}`
  })
}
