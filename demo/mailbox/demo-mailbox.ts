/** The demo mailbox: whose it is, and how it gets into the demo server. The same seed gives the same mail. */
import type { DemoUser, JmapServer } from '../server/jmap-server.ts'
import { familyConversations } from './conversations/family.ts'
import { newsletterConversations } from './conversations/newsletters.ts'
import { otherAccounts } from './conversations/other-accounts.ts'
import { scriptConversations } from './conversations/scripts.ts'
import { serviceConversations } from './conversations/services.ts'
import { unfinishedConversations } from './conversations/unfinished.ts'
import { workConversations } from './conversations/work.ts'
import { fillAccount } from './fill-account.ts'
import { fillBulk } from './generated/bulk.ts'
import { fillGiants } from './generated/giants.ts'
import { planConversations, usualSize } from './generated/plan.ts'
import type { Conversation } from './letter.ts'
import { Moments } from './moments.ts'
import { mara, rowing, tomas } from './people.ts'

const owner = {
  username: mara.email,
  password: 'back-door',
  name: mara.name,
  addresses: [mara.email],
  catchAll: 'lindqvist.example',
} as const satisfies DemoUser

const brother = {
  username: tomas.email,
  password: 'boat-shed',
  name: tomas.name,
  addresses: [tomas.email],
} as const satisfies DemoUser

/** Nobody signs in as the club; Mara may write in one of its mailboxes, read another, and of a third see that it is there. */
const club: DemoUser = {
  username: rowing.club.email,
  name: rowing.club.name,
  accountName: 'Rowing club',
  addresses: [rowing.club.email],
  shares: [{ with: mara.email, mailboxes: { Inbox: 'write', 'Race calendar': 'read', Archive: 'lookup' } }],
}

export const demoPeople = { mara: owner, tomas: brother, club, users: [owner, brother, club] } as const

/** A larger mailbox has no more conversations than the usual one: the rest is mail that was never tidied up. */
const conversedAtMost = 20_000

export interface DemoMailboxOptions {
  /** Messages in Mara's account; 0 leaves all accounts empty. */
  readonly messages?: number
  readonly seed: number
  /** With mail far out of the ordinary besides. */
  readonly giants?: boolean
  /** Milliseconds: the moment that everything is told from. */
  readonly now: number
}

/** Fills the accounts of `demoPeople`. */
export function fillDemo(server: JmapServer, options: DemoMailboxOptions): void {
  const wanted = options.messages ?? usualSize
  if (wanted === 0) return
  const moments = new Moments(options.now)
  const account = server.accountOf(owner.username)
  const bulk = wanted > conversedAtMost ? wanted - usualSize : 0
  if (bulk > 0) fillBulk(account, { count: bulk, seed: options.seed, now: options.now })
  fillAccount(account, conversationsOf(wanted - bulk, options.seed, moments), wanted - bulk)
  if (options.giants === true) fillGiants(account, options.seed, options.now)
  const others = otherAccounts(moments)
  fillAccount(server.accountOf(club.username), others.club)
  fillAccount(server.accountOf(brother.username), others.tomas)
}

function conversationsOf(wanted: number, seed: number, moments: Moments): Conversation[] {
  const byHand = [
    ...familyConversations(moments),
    ...workConversations(moments),
    ...serviceConversations(moments),
    ...scriptConversations(moments),
    ...newsletterConversations(moments),
    ...unfinishedConversations(moments),
  ]
  const sizes = {
    total: wanted,
    byHand: byHand.reduce((sum, { notes }) => sum + notes.length, 0),
    byHandInInbox: byHand.filter(({ notes }) => notes.some(({ place }) => place === 'inbox')).length,
  }
  return [...byHand, ...planConversations(sizes, seed, moments)]
}
