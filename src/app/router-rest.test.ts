import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Router } from './router.svelte.ts'
import type { Route } from '../state/route.ts'
import { toPath } from '../state/route.ts'
import type { MailboxId, ThreadId } from '../jmap/types.ts'

const mailbox = (threadId: string | null): Route => ({
  view: 'mailbox',
  account: 'k.a',
  mailboxId: 'm' as MailboxId,
  threadId: threadId as ThreadId | null,
  emailId: null,
})

/** As much of a window as the router touches. */
function fakeWindow() {
  const entries: { state: unknown; path: string }[] = [{ state: null, path: '/' }]
  const events = new EventTarget()
  const here = () => entries.at(-1)!
  return {
    entries,
    events,
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    setTimeout: (work: () => void, ms: number) => setTimeout(work, ms) as unknown as number,
    clearTimeout: (timer: number | undefined) => clearTimeout(timer),
    location: {
      get pathname() {
        return here().path
      },
      search: '',
    },
    history: {
      get state() {
        return here().state
      },
      pushState: (state: unknown, _title: string, path: string) => entries.push({ state, path }),
      replaceState: vi.fn((state: unknown, _title: string, path: string) => {
        entries[entries.length - 1] = { state, path }
      }),
      back: vi.fn(),
    },
  }
}

let window: ReturnType<typeof fakeWindow>
let router: Router
let stop: () => void
beforeEach(() => {
  vi.useFakeTimers()
  window = fakeWindow()
  router = new Router(window as unknown as Window)
  stop = router.listen()
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

test('stepping shows each conversation at once and writes the URL of the last', () => {
  router.open(mailbox('t1'))
  for (const id of ['t2', 't3', 't4']) {
    router.replace(mailbox(id))
    expect(router.route).toEqual(mailbox(id))
  }
  expect(window.history.replaceState).not.toHaveBeenCalled()
  vi.runAllTimers()
  expect(window.history.replaceState).toHaveBeenCalledTimes(1)
  expect(window.location.pathname).toBe(toPath(mailbox('t4')))
})

test('what is to be written is written before the next entry is made, and before the page goes', () => {
  router.open(mailbox('t1'))
  router.replace(mailbox('t2'))
  router.open(mailbox(null))
  expect(window.entries.map(({ path }) => path)).toEqual(['/', toPath(mailbox('t2')), toPath(mailbox(null))])
  router.replace(mailbox('t3'))
  window.events.dispatchEvent(new Event('pagehide'))
  expect(window.location.pathname).toBe(toPath(mailbox('t3')))
})

test('going back forgets it: another entry is here now', () => {
  router.open(mailbox('t1'))
  router.replace(mailbox('t2'))
  window.entries.pop()
  window.events.dispatchEvent(new Event('popstate'))
  vi.runAllTimers()
  expect(window.location.pathname).toBe('/')
  expect(router.route).toEqual({ view: 'start' })
})

test('up from a conversation that was stepped to goes back to the list it was opened from', () => {
  router.open(mailbox(null))
  router.open(mailbox('t1'))
  router.replace(mailbox('t2'))
  router.up()
  expect(window.history.back).toHaveBeenCalled()
})
