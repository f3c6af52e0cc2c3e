import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fromPath } from '../state/route.ts'
import { Router } from './router.svelte.ts'
import type { MailboxId, ThreadId } from '../jmap/types.ts'
import type { Route } from '../state/route.ts'

const inbox: Route = { view: 'mailbox', account: 'k', mailboxId: 'mb1' as MailboxId, threadId: null, emailId: null }
const thread = (id: string): Route => ({ ...inbox, threadId: id as ThreadId })
const popped = (): Promise<void> =>
  new Promise((resolve) => {
    window.addEventListener('popstate', () => resolve(), { once: true })
  })

let router: Router
let stop: () => void
beforeEach(() => {
  window.history.replaceState(null, '', '/in/k/mb1')
  router = new Router(window)
  stop = router.listen()
})
afterEach(() => {
  stop()
})

describe('the router', () => {
  it('reads the URL it starts at', () => {
    expect(router.route).toEqual(inbox)
  })

  it('makes an entry per level, and follows the browser back', async () => {
    router.open(thread('t1'))
    expect(window.location.pathname).toBe('/in/k/mb1/t1')
    const back = popped()
    window.history.back()
    await back
    expect(router.route).toEqual(inbox)
  })

  it('goes up by going back where that leads there', async () => {
    router.open(thread('t1'))
    const back = popped()
    router.up()
    await back
    expect(router.route).toEqual(inbox)
  })

  it('keeps the way back while conversations are stepped through', async () => {
    router.open(thread('t1'))
    router.replace(thread('t2'))
    const back = popped()
    router.up()
    await back
    expect(window.location.pathname).toBe('/in/k/mb1')
  })

  it('leaves the entries of what lay over the page before it was loaded anew', async () => {
    router.open(thread('t1'))
    for (const over of [1, 2]) window.history.pushState({ from: '/in/k/mb1/t1', over }, '', '/in/k/mb1/t1')
    stop()
    const gone = popped()
    const reloaded = new Router(window)
    stop = reloaded.listen()
    await gone
    expect(window.history.state).toEqual({ from: '/in/k/mb1' })
    expect(reloaded.route).toEqual(thread('t1'))
    const back = popped()
    reloaded.up()
    await back
    expect(reloaded.route).toEqual(inbox)
  })

  it('never leaves the app by going up: a conversation opened cold gives way to its mailbox', () => {
    window.history.replaceState(null, '', '/in/k/mb1/t9')
    const cold = new Router(window)
    const back = vi.spyOn(window.history, 'back')
    cold.up()
    expect(cold.route).toEqual(inbox)
    cold.up()
    expect(window.location.pathname).toBe('/in/k/mb1')
    expect(back).not.toHaveBeenCalled()
    back.mockRestore()
  })

  it('leaves settings for where they were opened from, and cold for the mail', async () => {
    router.open(thread('t1'))
    router.open({ view: 'settings', page: '' })
    router.replace({ view: 'settings', page: 'keys' })
    const back = popped()
    router.up()
    await back
    expect(router.route).toEqual(fromPath('/in/k/mb1/t1'))
    window.history.replaceState(null, '', '/settings/keys')
    const cold = new Router(window)
    cold.up()
    expect(cold.route).toEqual({ view: 'settings', page: '' })
    cold.up()
    expect(cold.route).toEqual({ view: 'start' })
  })

  it('makes no second entry for where it already is', () => {
    const { length } = window.history
    router.open(inbox)
    expect(window.history.length).toBe(length)
  })

  it('leads from a conversation to the hits it was opened from, and from them to the mailbox', async () => {
    const hits: Route = { ...inbox, search: '' }
    router.open(hits)
    router.replace({ ...inbox, search: 'rail' })
    router.open({ ...inbox, threadId: 't1' as ThreadId, search: 'rail' })
    expect(window.location.pathname + window.location.search).toBe('/in/k/mb1/t1?q=rail')
    for (const expected of [{ ...inbox, search: 'rail' }, inbox]) {
      const back = popped()
      router.up()
      await back
      expect(router.route).toEqual(expected)
    }
  })

  it('goes up from a search whose link was opened cold', () => {
    window.history.replaceState(null, '', '/in/k/mb1?q=rail')
    const cold = new Router(window)
    cold.up()
    expect(cold.route).toEqual(inbox)
  })

  it('goes on from what lies over the page in its place, so that one step back is the page itself', async () => {
    window.history.pushState({ from: '/in/k/mb1', over: 1 }, '', '/in/k/mb1')
    const entries = window.history.length
    router.open({ ...inbox, mailboxId: 'mb2' as MailboxId })
    expect(window.history.length).toBe(entries)
    const back = popped()
    window.history.back()
    await back
    expect(router.route).toEqual(inbox)
    expect(window.history.state).toBeNull()
  })
})
