import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ManualClock, settle } from '../../../../tests/support/manual-clock.ts'
import { ThreadAccount } from '../../../../tests/support/thread-account.ts'
import { fillDom, paneProps, paneServices } from '../../../../tests/support/thread-pane.ts'
import { aBody, aMailbox, anEmail, INBOX, minute, tid } from '../../../replica/testing/rows.ts'
import Host from '../testing/ThreadPaneHost.svelte'
import type { EmailAddress, EmailBody } from '../../../jmap/types.ts'

const parts = import.meta.glob([
  '../*-parts.ts',
  './*-parts.ts',
  '../LetterDetails.svelte',
  '../../../render/text-links.ts',
])
beforeAll(() => Promise.all(Object.values(parts).map((load) => load())))

let account: ThreadAccount
const open = vi.fn()
const clock = new ManualClock()
const THREAD = tid('t')
const bank: EmailAddress = { name: 'Bank', email: 'service@bank.example' }
const received =
  'from x (x [192.0.2.1]) (using TLSv1.3 with cipher X) by mail.home.example (Stalwart SMTP) with ESMTPS id 1'

beforeEach(() => {
  open.mockReset()
  vi.stubGlobal('open', open)
  fillDom()
  account = new ThreadAccount(clock)
})
afterEach(() => {
  cleanup()
  account.replica.close()
})

/** `results`: null of a letter that nobody checked, undefined of one that was kept before headers were asked for. */
async function opened(
  results: string | null | undefined,
  from = bank,
  names: Promise<readonly string[]> | readonly string[] = ['mail.home.example'],
): Promise<void> {
  const plain = [
    { type: 'text/plain', partId: '1', blobId: null, size: 9, name: null, charset: null, disposition: null, cid: null },
  ]
  const trace = [
    { name: 'Received', value: received },
    { name: 'Authentication-Results', value: results ?? '' },
    { name: 'X-Spam-Score', value: 'ham, score=-1.50' },
    { name: 'List-Id', value: 'Our offers <offers.bank.example>' },
  ]
  const { trace: none = [], ...rest } = aBody('a', 'See https://evil.example/login')
  const body: EmailBody = {
    ...rest,
    textBody: plain,
    htmlBody: plain,
    ...(results !== undefined && { trace: results === null ? none : trace }),
  }
  await account.put(
    THREAD,
    [anEmail('a', { threadId: THREAD, receivedAt: minute(1), subject: 'S', from: [from] })],
    [body],
  )
  const services = paneServices(clock, { authservIds: async () => names })
  render(Host, { services, pane: paneProps(account, THREAD) })
  await settle()
  await waitFor(() => expect(screen.getByRole('article')).toHaveAttribute('aria-busy', 'false'))
}

const pass =
  'mail.home.example; dkim=pass header.d=bank.example; spf=pass smtp.mailfrom=a@bank.example; dmarc=pass header.from=bank.example'
const forged = 'mail.home.example; dkim=none; dmarc=fail header.from=bank.example'

async function details(): Promise<string[]> {
  await userEvent.click(document.querySelector<HTMLElement>('[data-details]')!)
  const list = await screen.findByRole('list', { name: 'Who it is from' })
  return within(list)
    .getAllByRole('listitem')
    .map((item) => item.textContent.replace(/\s+/g, ' ').trim())
}

describe('a letter that is what it says', () => {
  it('has a seal, and says why', async () => {
    await opened(pass)
    expect(screen.getByText('Really from bank.example')).toBeInTheDocument()
    expect(await details()).toEqual([
      'Really from bank.example. The signature (DKIM), the sending server (SPF), and the sender’s own policy (DMARC) all agree.',
      'Encrypted on the way to your server (TLS 1.3).',
      'Your server’s spam filter gave it -1.5 points and does not take it for spam.',
    ])
    expect(screen.getByText('Our offers (offers.bank.example)')).toBeInTheDocument()
  })

  it.each<[string, string | null, readonly string[]]>([
    ['nobody is named', pass, []],
    ['nobody checked it', null, ['mail.home.example']],
    ['another than who is named checked it', pass, ['mail.other.example']],
  ])('has none where %s', async (_why, results, names) => {
    await opened(results, bank, names)
    expect(screen.queryByText(/Really from/)).toBeNull()
    expect(screen.queryByText(/Warning|probably is not/)).toBeNull()
  })
})

describe('a letter that an earlier build kept', () => {
  it('says that nothing is known of it here', async () => {
    await opened(undefined)
    expect(screen.queryByText(/Really from/)).toBeNull()
    expect(await details()).toEqual([
      'What your server checked of the sender is not on this device. This letter was kept by an earlier version. Open it while you are online to know.',
    ])
  })
})

describe('a letter of which nobody can say', () => {
  it('opens no link until it is known whose checks count', async () => {
    const { promise, resolve } = Promise.withResolvers<readonly string[]>()
    await opened(pass, bank, promise)
    expect(screen.getByRole('article')).toHaveAttribute('data-closed', 'unchecked')
    await userEvent.click(await screen.findByRole('link', { name: 'https://evil.example/login' }))
    expect(await screen.findByRole('dialog')).toHaveTextContent('cannot check now')
    expect(screen.queryByRole('button', { name: 'Open it' })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    resolve(['mail.home.example'])
    await settle()
    expect(screen.getByRole('article')).not.toHaveAttribute('data-closed')
  })

  it('stays so where the code that knows does not come', async () => {
    await opened(pass, bank, Promise.reject(new Error('no network')))
    expect(screen.getByRole('article')).toHaveAttribute('data-closed', 'unchecked')
  })
})

describe('a letter that is not', () => {
  it('is called so, and its links are closed until the reader knows better', async () => {
    await opened(forged)
    const letter = screen.getByRole('article', { name: /^Warning: Bank/ })
    expect(letter).toHaveTextContent('This letter says that it is from bank.example, and it probably is not.')
    const link = await screen.findByRole('link', { name: 'https://evil.example/login' })
    await userEvent.click(link)
    const asked = await screen.findByRole('dialog', { name: 'Open this link?' })
    expect(asked).toHaveTextContent('its links are closed')
    expect(within(asked).queryByRole('button', { name: 'Open it' })).toBeNull()
    await userEvent.click(within(asked).getByRole('button', { name: 'Cancel' }))
    await userEvent.click(screen.getByRole('button', { name: 'Open links anyway' }))
    await userEvent.click(link)
    expect(open).toHaveBeenCalledWith('https://evil.example/login', '_blank', 'noopener,noreferrer')
    expect(screen.getByRole('article', { name: /^Warning: Bank/ })).toBeInTheDocument()
  })

  it('says that a list may have broken what was checked', async () => {
    await opened(forged)
    const [first] = await details()
    expect(first).toBe(
      'Not shown to be from bank.example. The sender’s own policy (DMARC) says that it is not. It says that it came through a mailing list, and some lists break these checks.',
    )
  })

  it('says what its sender’s name hides', async () => {
    await opened(null, { name: 'service@bank.example', email: 'evil@attacker.test' })
    expect(screen.getByText(/but the letter comes from evil@attacker.test/)).toBeVisible()
  })
})

describe('a sender', () => {
  it('is new where nothing else is known, and all is here', async () => {
    account.onFetchHits = () => Promise.resolve({ hits: [], total: 0, next: null, findsWholeWords: false })
    await account.write(async (tx) => {
      await tx.putMailboxes([aMailbox(INBOX, { role: 'inbox' })])
      await tx.setHorizon({ scope: INBOX, after: null })
    })
    await opened(pass)
    await details()
    expect(await screen.findByText(/^The first letter from this address/)).toBeVisible()
  })
})
