import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ManualClock, settle } from '../../../tests/support/manual-clock.ts'
import { offline, ThreadAccount } from '../../../tests/support/thread-account.ts'
import { fillDom, paneProps, paneServices } from '../../../tests/support/thread-pane.ts'
import { aBody, anEmail, eid, minute, tid } from '../../replica/testing/rows.ts'
import ThreadPaneHost from './testing/ThreadPaneHost.svelte'
import type ThreadPane from './ThreadPane.svelte'
import type { FakeFrame } from './testing/fake-desk.ts'
import type { ComponentProps } from 'svelte'
import type { Email, EmailBody, EmailBodyPart } from '../../jmap/types.ts'
import type { Bindings } from '../../state/contexts.ts'

const THREAD = tid('t')
const letter = (id: string, n: number, changes: Partial<Email> & { seen?: boolean } = {}): Email =>
  anEmail(id, { threadId: THREAD, receivedAt: minute(n), subject: 'Who brings what', ...changes })
const part = (given: Partial<EmailBodyPart> & { type: string }): EmailBodyPart => ({
  partId: null,
  blobId: null,
  size: 1000,
  name: null,
  charset: null,
  disposition: null,
  cid: null,
  ...given,
})
const textBody = (id: string, text: string, more: Partial<EmailBody> = {}): EmailBody => {
  const plain = [part({ type: 'text/plain', partId: '1' })]
  return { ...aBody(id, text), textBody: plain, htmlBody: plain, ...more }
}
const htmlBody = (id: string, html: string, more: Partial<EmailBody> = {}): EmailBody => ({
  ...aBody(id, html),
  htmlBody: [part({ type: 'text/html', partId: '1' })],
  ...more,
})
let clock: ManualClock
let account: ThreadAccount
let frames: FakeFrame[]
let bindings: Bindings
let marks: unknown[]
const onBack = vi.fn()
const onStep = vi.fn()
// fetched at their first use in the app; here they are read before, since no test waits for a disk
const parts = import.meta.glob(['./*-parts.ts', './LetterDetails.svelte'])
beforeAll(() => Promise.all(Object.values(parts).map((load) => load())))

interface Opened {
  change(props: Partial<ComponentProps<typeof ThreadPane>>): Promise<void>
}

async function opened(props: Partial<ComponentProps<typeof ThreadPane>> = {}): Promise<Opened> {
  const services = paneServices(clock, {
    shortcuts: {
      add: (added) => {
        bindings = added
        return () => undefined
      },
      dispatch: () => false,
    },
    markPainted: (name: string, detail: unknown) => {
      marks.push([name, detail])
      return Promise.resolve()
    },
  })
  const pane = { ...paneProps(account, THREAD, frames), total: 214, onBack, onStep }
  const { rerender } = render(ThreadPaneHost, { services, pane: { ...pane, ...props } })
  await settle()
  return {
    change: async (next) => {
      await rerender({ services, pane: { ...pane, ...next } })
      await settle()
    },
  }
}
const articles = (): HTMLElement[] => screen.getAllByRole('article')
const press = (key: string): unknown => bindings[key]?.({ key, ctrl: false, meta: false, alt: false, shift: false })

beforeEach(fillDom)
beforeEach(() => {
  clock = new ManualClock()
  account = new ThreadAccount(clock)
  frames = []
  marks = []
  onBack.mockReset()
  onStep.mockReset()
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  account.replica.close()
})

describe('an opened conversation', () => {
  it('shows subject, mailbox, how many messages, and where it stands', async () => {
    await account.put(THREAD, [letter('a', 1), letter('b', 2)], [textBody('b', 'Hello')])
    await opened()
    expect(screen.getByRole('main', { name: 'Conversation' })).toBeVisible()
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Who brings what')
    expect(screen.getByText('Inbox')).toBeVisible()
    expect(screen.getByText(/^2 messages since/)).toBeVisible()
    expect(screen.getByText('1 of 214')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Newer conversation' })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Older conversation' }))
    expect(onStep).toHaveBeenCalledWith(1)
  })

  it('puts the focus on its heading', async () => {
    await account.put(THREAD, [letter('a', 1)], [textBody('a', 'Hello')])
    await opened()
    expect(screen.getByRole('heading', { level: 1 })).toHaveFocus()
  })

  it('has one article for each message, the last read one open, and opens another by its button', async () => {
    await account.put(
      THREAD,
      [letter('a', 1), letter('b', 2)],
      [textBody('a', 'First words'), textBody('b', 'Last words')],
    )
    await opened()
    expect(articles().map((article) => article.dataset.emailId)).toEqual(['a', 'b'])
    const [first, last] = articles()
    expect(within(last!).getByText('Last words')).toBeVisible()
    expect(last).toHaveAttribute('aria-busy', 'false')
    const fold = within(first!).getByRole('button', { expanded: false })
    await userEvent.click(fold)
    await settle()
    expect(within(articles()[0]!).getByText('First words')).toBeVisible()
    expect(within(articles()[0]!).getAllByRole('button', { expanded: true })[0]).toHaveFocus()
    expect(marks).toContainEqual(['postern:body', 'a'])
  })

  it('makes one button of more than three earlier messages', async () => {
    const letters = [1, 2, 3, 4, 5].map((n) =>
      letter(`m${String(n)}`, n, {
        from: [
          { name: n % 2 ? 'Ilya Marchetti' : 'Mara', email: n % 2 ? 'ilya@harbor.example' : 'mara@lindqvist.example' },
        ],
      }),
    )
    await account.put(THREAD, letters, [textBody('m5', 'Hello')])
    await opened()
    const line = screen.getByRole('button', { name: '4 earlier messages from Ilya and you' })
    expect(line).toHaveAttribute('data-folded', '4')
    expect(articles()).toHaveLength(1)
    await userEvent.click(line)
    expect(articles()).toHaveLength(5)
    expect(articles()[0]).toContainElement(document.activeElement as HTMLElement)
  })

  it('says whose letter it is, and shows all addresses when asked', async () => {
    const from = [{ name: 'Lena Lindqvist', email: 'lena@ekhult.example' }]
    const to = [
      { name: 'Mara', email: 'mara@lindqvist.example' },
      { name: 'Tomas Lindqvist', email: 'tomas@lindqvist.example' },
    ]
    await account.put(
      THREAD,
      [letter('a', 1, { from, to })],
      [textBody('a', 'Hello', { replyTo: [{ name: null, email: 'reply@ekhult.example' }] })],
    )
    await opened()
    await userEvent.click(screen.getByRole('button', { name: /^to you and Tomas/ }))
    const details = screen.getByRole('region', { name: 'Details' })
    expect(details).toHaveTextContent('Lena Lindqvist <lena@ekhult.example>')
    expect(details).toHaveTextContent('Reply to reply@ekhult.example')
  })

  it('renders plain text as text, with its quote folded', async () => {
    await account.put(THREAD, [letter('a', 1)], [textBody('a', '<b>no markup</b>\n\n> earlier\n> words')])
    await opened()
    expect(screen.getByText('<b>no markup</b>')).toBeVisible()
    expect(screen.queryByText(/earlier/)).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: '2 quoted lines' }))
    expect(screen.getByText(/earlier/)).toBeVisible()
  })
})

describe('HTML letters', () => {
  it('is busy until the frame has painted, marks it then, and paints no second time when it is read again', async () => {
    const body = htmlBody('a', '<p>Hello</p>')
    await account.put(THREAD, [letter('a', 1)], [body])
    const mark = vi.spyOn(performance, 'mark')
    await opened()
    const [article] = articles()
    expect(article).toHaveAttribute('aria-busy', 'true')
    expect(within(article!).getByTitle(/^Letter from Sender of a/)).toBeInTheDocument()
    frames[0]!.paint()
    await settle()
    expect(article).toHaveAttribute('aria-busy', 'false')
    expect(mark).toHaveBeenCalledWith('postern:body', { detail: 'a' })
    await account.put(THREAD, [letter('a', 1, { seen: true })], [body])
    await settle()
    expect(frames.map(({ shown }) => shown.length)).toEqual([1])
  })

  it('gives the frame to the next conversation without moving it', async () => {
    const next = tid('next')
    await account.put(THREAD, [letter('a', 1), letter('b', 2)], [htmlBody('b', '<p>One</p>')])
    await account.put(
      next,
      [letter('x', 1), letter('y', 2), letter('z', 3)].map((email) => ({ ...email, threadId: next })),
      [htmlBody('z', '<p>Two</p>')],
    )
    const pane = await opened()
    frames[0]!.paint()
    await pane.change({ threadId: next })
    expect(frames).toHaveLength(1)
    expect(frames[0]!.shown.at(-1)).toMatch(/^k\/blob-z\//)
    expect(frames[0]!.element.isConnected).toBe(true)
    expect(articles().at(-1)).toContainElement(frames[0]!.element)
    expect(articles().at(-1)).toHaveAttribute('aria-busy', 'true')
  })

  it('makes the neighbours ready once it is painted, or when it takes long', async () => {
    const next = tid('next')
    await account.put(THREAD, [letter('a', 1)], [htmlBody('a', '<p>One</p>')])
    const read = vi.spyOn(account.replica, 'thread')
    const isRead = (): boolean => read.mock.calls.some(([id]) => id === next)
    const pane = await opened({ ahead: [next] })
    frames[0]!.paint()
    await clock.advance(80)
    await clock.advance(80)
    expect(isRead()).toBe(true)
    read.mockClear()

    await account.put(tid('slow'), [letter('b', 1, { threadId: tid('slow') })], [htmlBody('b', '<p>Two</p>')])
    await pane.change({ threadId: tid('slow'), ahead: [next] })
    await clock.advance(500)
    expect(isRead()).toBe(false)
    await clock.advance(500)
    expect(isRead()).toBe(true)
  })

  it('shows the plain text when the frame fails', async () => {
    await account.put(THREAD, [letter('a', 1)], [htmlBody('a', '<p>Words of the letter</p>')])
    await opened()
    frames[0]!.fail()
    await settle()
    expect(screen.getByText('Words of the letter')).toBeVisible()
    expect(articles()[0]).toHaveAttribute('aria-busy', 'false')
  })

  it('asks before a link that says another host than it leads to', async () => {
    await account.put(THREAD, [letter('a', 1)], [htmlBody('a', '<p>x</p>')])
    const open = vi.spyOn(window, 'open').mockReturnValue(null)
    await opened()
    frames[0]!.events!.onLinkTarget('https://evil.example/login')
    await settle()
    expect(document.querySelector('[data-link-target]')).toHaveTextContent('evil.example')
    frames[0]!.events!.onLink({ href: 'https://evil.example/login', text: 'https://bank.example' })
    await settle()
    expect(open).not.toHaveBeenCalled()
    expect(screen.getByRole('dialog')).toHaveTextContent('evil.example')
    await userEvent.click(screen.getByRole('button', { name: 'Open it' }))
    expect(open).toHaveBeenCalledWith('https://evil.example/login', '_blank', 'noopener,noreferrer')
  })
})

describe('files', () => {
  it('lists them with their size, and shows how a download that fails ended', async () => {
    const pdf = part({
      type: 'application/pdf',
      name: 'Seating plan.pdf',
      blobId: 'p' as EmailBodyPart['blobId'],
      size: 184_000,
    })
    await account.put(THREAD, [letter('a', 1)], [textBody('a', 'Hello', { attachments: [pdf] })])
    account.onFetchBlob = () => Promise.reject(offline)
    await opened()
    expect(screen.getByText(/^1 attachment, 184\s?kB$/)).toBeVisible()
    const list = screen.getByRole('list', { name: 'Attachments' })
    await userEvent.click(within(list).getByRole('button', { name: 'Download Seating plan.pdf' }))
    await settle()
    expect(within(list).getByText('Not saved: you are offline.')).toBeVisible()
  })
})

describe('faces', () => {
  it('says that a body is not on this device, and fetches it when asked', async () => {
    await account.put(THREAD, [letter('a', 1)])
    await opened()
    expect(screen.getByText(/This message is not on this device yet/)).toBeVisible()
    account.onFetchBodies = () => account.write((tx) => tx.putBodies([textBody('a', 'Here it is')]))
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await settle()
    expect(screen.getByText('Here it is')).toBeVisible()
  })

  it('says that the conversation is gone, with a way back', async () => {
    account.onFetchThread = () => Promise.resolve()
    await opened()
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('This conversation is no longer here')
    await userEvent.click(screen.getByRole('button', { name: 'Back to Inbox' }))
    expect(onBack).toHaveBeenCalled()
  })

  it('says that a text was cut', async () => {
    const body = textBody('a', 'Hello')
    await account.put(
      THREAD,
      [letter('a', 1)],
      [{ ...body, bodyValues: { 1: { value: 'Hello', isTruncated: true, isEncodingProblem: true } } }],
    )
    await opened()
    for (const said of [/Only its beginning/, /broken encoding/]) expect(screen.getByText(said)).toBeVisible()
    expect(screen.getAllByRole('button', { name: 'View source' })).toHaveLength(2)
  })
})

describe('keys', () => {
  beforeEach(() =>
    account.put(THREAD, [letter('a', 1), letter('b', 2)], [textBody('a', 'First'), textBody('b', 'Last')]),
  )

  it('opens and folds all, and steps from letter to letter', async () => {
    await opened()
    press(';')
    await settle()
    expect(screen.getByText('First')).toBeVisible()
    press(':')
    await settle()
    expect(screen.queryByText('Last')).toBeNull()
    press('p')
    await waitFor(() => expect(articles()[0]).toContainElement(document.activeElement as HTMLElement))
  })

  it('leaves the list its keys while the focus is there', async () => {
    await opened()
    expect(press('j')).toBe(true)
    expect(onStep).toHaveBeenCalledWith(1)
    ;(document.activeElement as HTMLElement).blur()
    expect(press('j')).toBe(false)
    expect(press('Escape')).toBe(false)
  })

  it('marks the last message unread, which then stays so', async () => {
    await opened()
    press('U')
    await settle()
    expect((await account.replica.emails([eid('b')]))[0]?.keywords).toEqual({})
    expect(screen.getByRole('button', { name: 'Mark read' })).toBeVisible()
    await clock.advance(5_000)
    expect((await account.replica.emails([eid('b')]))[0]?.keywords).toEqual({})
  })
})
