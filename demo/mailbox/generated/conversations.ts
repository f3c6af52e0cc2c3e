/** Makes conversations of a kind. Letters are made again each time they are asked for, so that 200,000 cost little. */
import type { Conversation, Letter, Note, Place } from '../letter.ts'
import { mara } from '../people.ts'
import { Draw, subSeed } from './draw.ts'
import { listThread } from './lists.ts'
import { mailingLists } from './list-topics.ts'
import { junk, newsletter, notice, receipt } from './machines.ts'
import { talk } from './talk.ts'
import { homeTopics, insuranceTopics, renovationTopics, travelTopics, workTopics, worldTopics } from './topics.ts'

export type Kind =
  | 'talk'
  | 'work'
  | 'world'
  | 'travel'
  | 'renovation'
  | 'insurance'
  | 'list'
  | 'newsletter'
  | 'receipt'
  | 'notice'
  | 'junk'

export interface Wanted {
  readonly kind: Kind
  readonly place: Place
  /** When its last message came. */
  readonly at: number
  readonly seed: number
  /** Its number among all generated ones: part of its message ids. */
  readonly ordinal: number
  readonly most: number
  readonly isUnread?: boolean
  readonly isFlagged?: boolean
}

const hour = 3_600_000

export function makeConversation(wanted: Wanted): Conversation {
  const { kind, place, at, ordinal, isUnread = false, isFlagged = false } = wanted
  const draw = new Draw(subSeed(wanted.seed, ordinal))
  const times = timesOf(lengthOf(kind, draw, wanted.most), at, draw)
  const lettersSeed = subSeed(wanted.seed, ordinal, 1)
  // whoever reads a conversation reads it from end to end: kept while one is in work, and no longer
  let kept = new WeakRef(lettersOf(kind, new Draw(lettersSeed), times))
  const write = (): Letter[] => {
    const letters = kept.deref() ?? lettersOf(kind, new Draw(lettersSeed), times)
    kept = new WeakRef(letters)
    return letters
  }
  const letters = write()
  const notes = times.map((time, index): Note => {
    const isLast = index === times.length - 1
    const isOwn = letters[index]?.from === mara
    return {
      at: time,
      place: isOwn ? 'sent' : place,
      isUnread: isUnread && isLast,
      isFlagged: isFlagged && isLast,
      isAnswered: !isOwn && letters[index + 1]?.from === mara,
      write: () => letterAt(write(), index),
    }
  })
  return { key: `${kind}-${wanted.seed}-${ordinal}`, notes }
}

function letterAt(letters: readonly Letter[], index: number): Letter {
  const letter = letters[index]
  if (letter === undefined) throw new Error(`There is no letter ${index}.`)
  return letter
}

function lengthOf(kind: Kind, draw: Draw, most: number): number {
  const isSingle = kind === 'newsletter' || kind === 'receipt' || kind === 'notice' || kind === 'junk'
  if (isSingle) return 1
  const wanted = kind === 'list' ? draw.pick([1, 2, 2, 3, 4, 6, 9]) : draw.pick([1, 1, 1, 2, 2, 3, 4, 5, 7])
  return Math.max(1, Math.min(most, wanted))
}

/** Answers come after some hours, seldom after days. */
function timesOf(length: number, last: number, draw: Draw): number[] {
  const times = [last]
  while (times.length < length) {
    const gap = draw.chance(0.2) ? draw.int(24, 96) : draw.int(1, 9)
    times.unshift((times[0] ?? last) - gap * hour - draw.int(1, 3_599) * 1000)
  }
  return times
}

function lettersOf(kind: Kind, draw: Draw, times: readonly number[]): Letter[] {
  switch (kind) {
    case 'talk':
      return talk(draw.pick(homeTopics), draw, times)
    case 'work':
      return talk(draw.pick(workTopics), draw, times)
    case 'world':
      return talk(draw.pick(worldTopics), draw, times)
    case 'travel':
      return talk(draw.pick(travelTopics), draw, times)
    case 'renovation':
      return talk(draw.pick(renovationTopics), draw, times)
    case 'insurance':
      return talk(draw.pick(insuranceTopics), draw, times)
    case 'list':
      return listThread(draw.pick(mailingLists), draw, times)
    case 'newsletter':
      return [newsletter(draw)]
    case 'receipt':
      return [receipt(draw)]
    case 'notice':
      return [notice(draw)]
    case 'junk':
      return [junk(draw)]
  }
}
