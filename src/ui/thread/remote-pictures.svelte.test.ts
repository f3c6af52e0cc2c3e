import { cleanup, render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { ManualClock, settle } from '../../../tests/support/manual-clock.ts'
import { ThreadAccount } from '../../../tests/support/thread-account.ts'
import { fillDom, paneProps, paneServices } from '../../../tests/support/thread-pane.ts'
import { aBody, anEmail, minute, tid } from '../../replica/testing/rows.ts'
import { PictureSenders } from '../../state/picture-senders.svelte.ts'
import ThreadPaneHost from './testing/ThreadPaneHost.svelte'
import type { FakeFrame } from './testing/fake-desk.ts'
import type { EmailBody, HeaderField, ThreadId } from '../../jmap/types.ts'

const shop = { name: 'The Shop', email: 'News@shop.example' }
const html = '<img src="https://shop.example/1.png"><img src="https://shop.example/2.png">'
const pixel = '<img src="https://shop.example/open.gif" width="1" height="1">'
const received = 'from mx.shop.example (mx.shop.example [192.0.2.1]) by mail.home.example with ESMTPS id 1'

/** What the own server wrote above a letter of the shop. */
function checked(dmarc: string): HeaderField[] {
  return [
    { name: 'Received', value: received },
    { name: 'Authentication-Results', value: `mail.home.example; dmarc=${dmarc} header.from=shop.example` },
  ]
}

const clock = new ManualClock()
let account: ThreadAccount
let frames: FakeFrame[]
let said: string[]
/** What config.json says; null: there is none. */
let config: string | null
const parts = import.meta.glob('./*-parts.ts')
beforeAll(() => Promise.all(Object.values(parts).map((load) => load())))

beforeEach(() => {
  config = null
  frames = []
  said = []
  account = new ThreadAccount(clock)
  const answer = (): Response => new Response(config, { status: config === null ? 404 : 200 })
  vi.stubGlobal('fetch', () => Promise.resolve(answer()))
  fillDom()
})
afterEach(() => {
  cleanup()
  account.replica.close()
})

async function put(thread: ThreadId, id: string, text: string, trace?: readonly HeaderField[]): Promise<void> {
  const part = { ...aBody(id, '').htmlBody[0]!, type: 'text/html', partId: '1' }
  const body: EmailBody = { ...aBody(id, text), htmlBody: [part], ...(trace && { trace }) }
  const email = anEmail(id, { threadId: thread, receivedAt: minute(1), subject: 'Autumn', from: [shop] })
  await account.put(thread, [email], [body])
}

async function opened(first: ThreadId): Promise<(next: ThreadId) => Promise<void>> {
  const services = paneServices(clock, {
    announce: (text) => void said.push(text),
    authservIds: () => Promise.resolve(['mail.home.example']),
  })
  const props = { ...paneProps(account, first, frames), total: 2 }
  const pane = (threadId: ThreadId) => ({ ...props, threadId })
  const { rerender } = render(ThreadPaneHost, { services, pane: pane(first) })
  await settle()
  return async (next) => {
    await rerender({ services, pane: pane(next) })
    await settle()
  }
}

const button = (name: string): HTMLElement => screen.getByRole('button', { name })
const press = async (name: string): Promise<void> => {
  await userEvent.click(button(name))
  await settle()
}
const shown = (): unknown[] => [frames.at(-1)?.mode, ...(frames.at(-1)?.images ?? [])]
const both = ['open', 'https://shop.example/1.png', 'https://shop.example/2.png']

it('holds pictures back until they are allowed, for this letter and this once', async () => {
  await put(tid('t'), 'a', html)
  await put(tid('next'), 'x', '<p>Two</p>')
  const go = await opened(tid('t'))
  expect(screen.getByText('2 pictures from the internet are held back.')).toBeVisible()
  expect(shown()).toEqual(['closed', null, null])
  await press('Show once')
  expect(shown()).toEqual(both)
  expect(screen.getByText('2 pictures from the internet are shown.')).toBeVisible()
  expect(said).toEqual(['2 pictures from the internet are shown.'])
  expect(button('Hold back again')).toHaveFocus()
  await go(tid('next'))
  await go(tid('t'))
  expect(shown()).toEqual(['closed', null, null])
  await press('Show once')
  await press('Hold back again')
  expect(shown()).toEqual(['closed', null, null])
})

it('blocks trackers even then, and counts them', async () => {
  await put(tid('t'), 'a', html + pixel)
  await opened(tid('t'))
  expect(screen.getByText('2 pictures from the internet are held back, 1 tracker stays blocked.')).toBeVisible()
  await press('Show once')
  expect(shown()).toEqual([...both, null])
  expect(screen.getByText('2 pictures from the internet are shown, 1 tracker stays blocked.')).toBeVisible()
})

it('offers nothing where there are only trackers', async () => {
  await put(tid('t'), 'a', pixel, checked('pass'))
  await opened(tid('t'))
  expect(screen.getByText('1 tracker stays blocked.')).toBeVisible()
  expect(screen.queryByRole('button', { name: /Show once|Always/ })).toBeNull()
})

it('stays without pictures when the open frame does not come, and says so', async () => {
  await put(tid('t'), 'a', html)
  await opened(tid('t'))
  await press('Show once')
  frames.at(-1)!.fail()
  await settle()
  expect(frames.at(-1)).toMatchObject({ mode: 'closed' })
  expect(screen.getByText(/cannot be shown here right now/)).toBeVisible()
})

it('always shows them for a sender only where the own server vouches for who it is', async () => {
  await put(tid('t'), 'a', html, checked('pass'))
  await put(tid('forged'), 'b', html, checked('fail'))
  await put(tid('silent'), 'c', html)
  await put(tid('later'), 'd', html + pixel, checked('pass'))
  const go = await opened(tid('forged'))
  expect(screen.queryByRole('button', { name: /Always/ })).toBeNull()
  await go(tid('t'))
  await press('Always for this sender')
  expect((await account.replica.outbox()).map(({ mutation }) => mutation)).toMatchObject([
    { entries: { 'pictures/news@shop.example': { value: true } } },
  ])
  expect(shown()).toEqual(both)
  expect(button('No longer for this sender')).toHaveFocus()
  for (const other of ['forged', 'silent']) {
    await go(tid(other))
    expect(shown()).toEqual(['closed', null, null])
    expect(screen.queryByRole('button', { name: /sender/ })).toBeNull()
  }
  await go(tid('later'))
  expect(shown()).toEqual([...both, null])
  expect(screen.getByText('You chose to always show those that come from news@shop.example.')).toBeVisible()
  await press('No longer for this sender')
  expect(shown()).toEqual(['closed', null, null, null])
  await go(tid('t'))
  expect(shown()).toEqual(['closed', null, null])
})

it('holds them back again when the choice is taken back elsewhere', async () => {
  await put(tid('t'), 'a', html, checked('pass'))
  const elsewhere = new PictureSenders(
    { replica: account.replica, port: { pokeOutbox: () => undefined } as never },
    () => 1,
  )
  await elsewhere.set('news@shop.example', true)
  await opened(tid('t'))
  expect(shown()).toEqual(both)
  await elsewhere.set('news@shop.example', false)
  await settle()
  expect(shown()).toEqual(['closed', null, null])
  expect(button('Show once')).toBeVisible()
})

it('says what is told to whom, and asks the proxy alone where there is one', async () => {
  await put(tid('t'), 'a', html)
  config = '{"imageProxy": "https://images.example.net"}'
  await opened(tid('t'))
  expect(screen.getByText(/through your proxy, images\.example\.net.*not your network address/)).toBeVisible()
  await press('Show once')
  expect(shown()).toEqual([
    'open',
    ...['1', '2'].map((n) => `https://images.example.net/?url=https%3A%2F%2Fshop.example%2F${n}.png`),
  ])
})

it('asks nobody while it is not known whether there is a proxy', async () => {
  await put(tid('t'), 'a', html)
  config = '{"imageProxy": '
  await opened(tid('t'))
  await press('Show once')
  expect(shown()).toEqual(['closed', null, null])
  expect(said.at(-1)).toMatch(/could not be read/)
  config = '{}'
  await press('Show once')
  expect(shown()).toEqual(both)
  expect(screen.getByText(/At home that is the address which a tunnel/)).toBeVisible()
})
