/** The server that a seed runs before: a demo server of its own, or a Cyrus that all seeds share. */
import { demoPeople } from '../../demo/mailbox/demo-mailbox.ts'
import { serve, serveUpstream } from '../../demo/http/serve.ts'
import type { PersonalityName } from '../../demo/server/options.ts'
import { Target, type Json } from '../contract/target.ts'
import { appendMail } from '../servers/append-mail.ts'
import { inMemory, startCyrus, type CyrusServer } from '../servers/cyrus.ts'
import { demoMail } from '../servers/demo-mail.ts'
import { importMessage, inboxOf } from '../servers/fill-account.ts'
import { oneLineLetter } from '../support/one-line-letter.ts'
import { makeNewSchema, makeRelease } from '../support/releases.ts'

export interface MailServer {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly inboxId: string
  /** Another client of the same account, which no fault befalls. */
  readonly other: Target
  deliver(subject: string): Promise<void>
  /** Changes something of some message; answers the words that it had. */
  otherClient(row: number): Promise<readonly (readonly [emailId: string, property: string])[]>
  /** Puts a later release in place, once; false where that is not to be had. */
  deploy?(hasNewSchema: boolean): boolean
  close(): Promise<void>
}

export interface ServerSource {
  forSeed(seed: number): Promise<MailServer>
  close(): Promise<void>
}

const MESSAGES = 120
/**
 * Of Cyrus's mail: what of it is kept by default, 90 days, is here soon. While older mail comes each page of it counts as a
 * pull, so that no page is `ready` for three seconds.
 */
const DAYS = 1000
const READER = { user: 'alice', password: 'alice-secret' }
const MANNERS: readonly PersonalityName[] = ['plain', 'stalwart', 'cyrus']

export function demoServers(): ServerSource {
  const later = makeRelease('1')
  const newSchema = makeNewSchema()
  return {
    forSeed: async (seed) => {
      const like = MANNERS[seed % MANNERS.length] ?? 'plain'
      const site = await serve({ messages: MESSAGES, seed, like, config: { rewriteToOrigin: true } })
      const { username: user, password } = demoPeople.mara
      const client = await clientOf(site.url, user, password)
      let isDeployed = false
      return {
        ...client,
        url: site.url,
        deploy: (hasNewSchema) => {
          if (isDeployed) return false
          isDeployed = true
          site.deploy((hasNewSchema ? newSchema : later).directory)
          return true
        },
        close: () => site.close(),
      }
    },
    close: () => {
      later.remove()
      newSchema.remove()
      return Promise.resolve()
    },
  }
}

/** Loading 20,000 messages takes two minutes: `running` is one that has them. */
export async function cyrusServer(messages: number, running?: string): Promise<ServerSource> {
  const cyrus = running === undefined ? await filledCyrus(messages) : undefined
  const url = running ?? cyrus?.url ?? ''
  const client = await clientOf(url, READER.user, READER.password)
  const site = await serveUpstream(new URL(url))
  return {
    forSeed: () => Promise.resolve({ ...client, url: site.url, close: () => Promise.resolve() }),
    close: async () => {
      await site.close()
      await cyrus?.stop()
    },
  }
}

async function filledCyrus(messages: number): Promise<CyrusServer> {
  const cyrus = await startCyrus([READER.user], inMemory)
  await appendMail({ url: cyrus.url, ...READER }, demoMail(messages, DAYS))
  return cyrus
}

async function clientOf(url: string, user: string, password: string): Promise<Omit<MailServer, 'url' | 'close'>> {
  const other = new Target({ url, user, password })
  await other.connect()
  const inboxId = await inboxOf(other)
  return {
    user,
    password,
    other,
    inboxId,
    deliver: async (subject) => {
      const id = `${String(Date.now())}.${String(Math.random()).slice(2)}@remote.example`
      const raw = oneLineLetter({ to: `Reader <${user}>`, subject: `${subject} ${id.slice(0, 13)}`, messageId: id })
      await importMessage(other, { raw, mailboxId: inboxId })
    },
    otherClient: async (row) => {
      const { ids } = (await other.call('Email/query', {
        filter: { inMailbox: inboxId },
        sort: [{ property: 'receivedAt', isAscending: false }],
        limit: 12,
      })) as { ids: string[] }
      const id = ids[row % Math.max(1, ids.length)]
      if (id === undefined) return []
      const keyword = row % 2 === 0 ? '$flagged' : '$answered'
      await other.call('Email/set', {
        update: { [id]: { [`keywords/${keyword}`]: row % 3 === 0 ? null : true } as Json },
      })
      return [[id, `keywords/${keyword}`]]
    },
  }
}
