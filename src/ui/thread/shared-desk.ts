/**
 * One desk for each page. Where a conversation fills the screen its pane comes and goes with each opening: the parser's
 * frame and the frame document must not be fetched each time, nor stay behind in the page.
 */
import { consoleLogger } from '../../platform/logger.ts'
import { LetterDesk } from './letter-desk.svelte.ts'
import type { Services } from '../../state/contexts.ts'

const desks = new WeakMap<Services, LetterDesk>()

export function deskOf(services: Services): LetterDesk {
  const known = desks.get(services)
  if (known) return known
  const { clock, frameDocument } = services
  const desk = new LetterDesk({ document, clock, logger: consoleLogger, frameDocument })
  desks.set(services, desk)
  return desk
}
