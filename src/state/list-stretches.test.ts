import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { ThreadAccount } from '../../tests/support/thread-account.ts'
import { anEmail, eid, INBOX, minute } from '../replica/testing/rows.ts'
import { stretches } from './list-stretches.ts'

const COUNT = 450

/** Rows by their message, as they were passed; `between` happens after each stretch. */
async function passed(account: ThreadAccount, between: (stretch: number) => Promise<void>): Promise<Set<string>> {
  const ids = new Set<string>()
  let stretch = 0
  for await (const { window } of stretches(account.replica, { mailboxId: INBOX })) {
    for (const row of window.rows) ids.add(row.emailId)
    stretch += 1
    await between(stretch)
  }
  return ids
}

async function filled(): Promise<ThreadAccount> {
  const account = new ThreadAccount(new ManualClock())
  await account.write(async (tx) => {
    await tx.putEmails(Array.from({ length: COUNT }, (_, n) => anEmail(String(n), { receivedAt: minute(n) })))
    await tx.setHorizon({ scope: '*', after: null })
  })
  return account
}

const all = Array.from({ length: COUNT }, (_, n) => String(n))
const missing = (ids: ReadonlySet<string>, gone: readonly string[] = []): string[] =>
  all.filter((id) => !ids.has(id) && !gone.includes(id))

describe('stretches', () => {
  it('pass every row', async () => {
    expect(missing(await passed(await filled(), () => Promise.resolve()))).toEqual([])
  })

  it('leave none out when rows before them go, even the very one that they ended with', async () => {
    const account = await filled()
    const gone = ['449', '448', '250', '251']
    const ids = await passed(account, async (stretch) => {
      if (stretch === 1) await account.write((tx) => tx.destroyEmails(gone.map(eid)))
    })
    expect(missing(ids, gone)).toEqual([])
  })

  it('leave none out when all that were passed go', async () => {
    const account = await filled()
    const ids = await passed(account, async (stretch) => {
      if (stretch === 1) await account.write((tx) => tx.destroyEmails(all.slice(250).map(eid)))
    })
    expect(missing(ids)).toEqual([])
  })
})
