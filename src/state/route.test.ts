import { describe, expect, it } from 'vitest'
import { fromPath, toPath } from './route.ts'
import type { MailboxId, ThreadId } from '../jmap/types.ts'
import type { Route } from './route.ts'

const inbox: Route = { view: 'mailbox', account: 'k', mailboxId: 'mb1' as MailboxId, threadId: null, emailId: null }

describe('the URL of a search', () => {
  it.each(['', 'rechnung', 'a b', 'a+b&c=d', '100 % "of it"', 'ä/ö?ü#', '%41'])(
    'is read as it was written: %j',
    (search) => {
      for (const route of [
        { ...inbox, search },
        { ...inbox, threadId: 't/1' as ThreadId, search },
      ])
        expect(fromPath(toPath(route))).toEqual(route)
    },
  )

  it('is no search without ?q=, but what a list leaves out', () => {
    expect(fromPath('/in/k/mb1')).toEqual({ ...inbox, search: undefined })
    const narrowed = { ...inbox, threadId: 't1' as ThreadId, narrow: 'filter=unread' }
    expect(fromPath('/in/k/mb1/t1?filter=unread')).toEqual(narrowed)
    expect(toPath(narrowed)).toBe('/in/k/mb1/t1?filter=unread')
  })

  it('leaves the mailbox called "search" alone', () => {
    expect(fromPath('/in/k/search')).toEqual({ ...inbox, mailboxId: 'search' })
  })
})

describe('the URL of settings', () => {
  it.each(['', 'appearance', 'k.a%2F1/reading'])('is read as it was written: %j', (page) => {
    expect(fromPath(toPath({ view: 'settings', page }))).toEqual({ view: 'settings', page })
  })

  it('needs no slash behind it, and is nothing else that begins so', () => {
    expect(fromPath('/settings')).toEqual({ view: 'settings', page: '' })
    expect(fromPath('/settingsx')).toEqual({ view: 'notFound' })
  })
})
