import { cleanup, render, screen } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ManualClock, settle } from '../../../tests/support/manual-clock.ts'
import { ThreadAccount } from '../../../tests/support/thread-account.ts'
import { fillDom, paneProps, paneServices } from '../../../tests/support/thread-pane.ts'
import { aBody, anEmail, minute, tid } from '../../replica/testing/rows.ts'
import Host from './testing/ThreadPaneHost.svelte'
import type { EmailBodyPart } from '../../jmap/types.ts'

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

let account: ThreadAccount
const clock = new ManualClock()

beforeEach(() => {
  fillDom()
  account = new ThreadAccount(clock)
})
afterEach(() => {
  cleanup()
  for (const chunk of ['./plain-parts.ts', './file-parts.ts', '../../render/text-links.ts']) vi.doUnmock(chunk)
  account.replica.close()
})

/** One letter with a file, while these chunks cannot be had: offline, in the first half minute of the first visit. */
async function openWithout(...chunks: string[]): Promise<void> {
  for (const chunk of chunks)
    vi.doMock(chunk, () => {
      throw new TypeError('Failed to fetch dynamically imported module')
    })
  const plain = [part({ type: 'text/plain', partId: '1' })]
  const files = [part({ type: 'application/pdf', partId: '2', name: 'a.pdf' })]
  const body = { ...aBody('a', 'See https://postern.example\n\n> quoted'), textBody: plain, htmlBody: plain }
  const email = anEmail('a', { threadId: tid('t'), receivedAt: minute(1), subject: 'S' })
  await account.put(tid('t'), [email], [{ ...body, attachments: files }])
  render(Host, { services: paneServices(clock), pane: paneProps(account, tid('t')) })
  await settle()
}

it('a letter is read as it came and its files are counted, while the code for folds and files is not here', async () => {
  await openWithout('./plain-parts.ts', './file-parts.ts')
  await vi.waitFor(() => expect(screen.getByRole('article')).toHaveAttribute('aria-busy', 'false'))
  expect(screen.getByText(/See https:.*> quoted/s)).toBeVisible()
  // the letter's own, and its files'
  await vi.waitFor(() => expect(screen.getAllByRole('button', { name: 'Try again' })).toHaveLength(2))
  expect(screen.getByText(/1 attachment/)).toBeVisible()
  // what knows a forged letter is not here either
  expect(screen.getByRole('article')).toHaveAttribute('data-closed', 'unchecked')
})

it('the words of a letter stand without their links', async () => {
  await openWithout('../../render/text-links.ts')
  await vi.waitFor(() => expect(screen.getByText('See https://postern.example')).toBeVisible())
  await settle()
  expect(screen.queryByRole('link')).toBeNull()
})
