/** How much of what lies where: the mailbox of the pictures, at any size. */
import type { Conversation, Place } from '../letter.ts'
import type { Moments } from '../moments.ts'
import { makeConversation, type Kind } from './conversations.ts'
import { Draw, subSeed } from './draw.ts'

/** The size that the counts of the pictures belong to. */
export const usualSize = 2000
const inboxConversations = 214
/** Unread in the Inbox besides the letters written by hand. */
const inboxUnread = 3
const day = 86_400_000

interface Area {
  readonly place: Place
  /** Share of all messages. */
  readonly share: number
  readonly kinds: readonly Kind[]
  /** Age in days of the newest and of the oldest. */
  readonly from: number
  readonly to: number
  readonly unread?: number
}

const areas: readonly Area[] = [
  { place: 'lists', share: 0.24, kinds: ['list'], from: 0.05, to: 540, unread: 41 },
  { place: 'junk', share: 0.02, kinds: ['junk'], from: 0.2, to: 30, unread: 6 },
  { place: 'trash', share: 0.015, kinds: ['newsletter', 'notice', 'notice'], from: 0.5, to: 30 },
  { place: 'insurance', share: 0.02, kinds: ['insurance'], from: 12, to: 500 },
  { place: 'renovation', share: 0.035, kinds: ['renovation'], from: 0.9, to: 300, unread: 2 },
  { place: 'house', share: 0.01, kinds: ['receipt', 'notice'], from: 20, to: 480 },
  { place: 'travel', share: 0.025, kinds: ['travel', 'travel', 'receipt'], from: 15, to: 520 },
]

const inboxKinds: readonly Kind[] = [
  'talk',
  'talk',
  'work',
  'world',
  'newsletter',
  'newsletter',
  'receipt',
  'notice',
  'notice',
]
const archiveKinds: readonly Kind[] = [
  'talk',
  'talk',
  'talk',
  'work',
  'work',
  'world',
  'newsletter',
  'receipt',
  'notice',
]

export interface Sizes {
  /** Messages of the whole account. */
  readonly total: number
  /** Of them written by hand, and how many conversations of the Inbox those are. */
  readonly byHand: number
  readonly byHandInInbox: number
}

/** Conversations for what is missing to the total. */
export function planConversations(sizes: Sizes, seed: number, moments: Moments): Conversation[] {
  const plan: Conversation[] = []
  const draw = new Draw(subSeed(seed, 7))
  let left = Math.max(0, sizes.total - sizes.byHand)
  const add = (
    kind: Kind,
    place: Place,
    at: number,
    marks: { isUnread?: boolean; isFlagged?: boolean } = {},
  ): number => {
    const conversation = makeConversation({
      kind,
      place,
      at,
      seed,
      ordinal: plan.length,
      most: Math.min(left, 12),
      ...marks,
    })
    plan.push(conversation)
    left -= conversation.notes.length
    return conversation.notes.length
  }
  const inbox = Math.round((inboxConversations * sizes.total) / usualSize)
  for (let made = 0; made < inbox - sizes.byHandInInbox && left > 0; made++) {
    // newest first, thinner with age: what is older than four months has been archived
    const age = 7 + 113 * (made / inbox) ** 1.3 + draw.share() * 0.6
    const isFlagged = made === 11 || made === 40
    add(draw.pick(inboxKinds), 'inbox', moments.now - round(age), { isUnread: made < inboxUnread, isFlagged })
  }
  for (const area of areas) {
    const wanted = Math.round(area.share * sizes.total)
    for (let made = 0, number = 0; made < wanted && left > 0; number++) {
      const progress = made / wanted
      const age = area.from + (area.to - area.from) * progress ** 1.5 + draw.share() * 0.4
      made += add(draw.pick(area.kinds), area.place, moments.now - round(age), {
        isUnread: number < (area.unread ?? 0),
      })
    }
  }
  while (left > 0) add(draw.pick(archiveKinds), 'archive', moments.now - round(6 + 534 * draw.share() ** 1.2))
  return plan
}

/** Whole seconds. */
function round(days: number): number {
  return Math.round((days * day) / 1000) * 1000
}
