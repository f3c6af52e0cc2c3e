import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock, settle } from '../../tests/support/manual-clock.ts'
import { ThreadAccount } from '../../tests/support/thread-account.ts'
import { anEmail, aThread, eid, setSeen, tid } from '../replica/testing/rows.ts'
import { UndoStack } from './undo-stack.svelte.ts'
import type { OutboxRow } from '../mutations/mutation.ts'

let account: ThreadAccount
let stack: UndoStack

/** Which of these are seen, as the reader sees it. */
async function seen(...ids: string[]): Promise<string[]> {
  const emails = await account.replica.emails(ids.map(eid))
  return emails.flatMap((email) => (email && '$seen' in email.keywords ? [email.id] : []))
}

const rows = (): Promise<readonly OutboxRow[]> => account.replica.outbox()
const mark = (value: boolean, ...ids: string[]): Promise<void> =>
  stack.perform(account.open, [setSeen(value, ...ids)], `${String(value)} ${ids.join()}`)

beforeEach(async () => {
  account = new ThreadAccount(new ManualClock())
  stack = new UndoStack()
  await account.write(async (tx) => {
    await tx.putEmails([anEmail('a', { seen: false }), anEmail('b', { seen: true }), anEmail('c', { seen: false })])
    await tx.putThreads(['a', 'b', 'c'].map((id) => aThread(`t-${id}`, id)))
  })
})
afterEach(() => {
  account.replica.close()
})

describe('undo', () => {
  it('takes back what was changed, and leaves alone what was so before', async () => {
    await mark(true, 'a', 'b')
    expect(await seen('a', 'b', 'c')).toEqual(['a', 'b'])
    expect(stack.latest?.label).toBe('true a,b')
    const step = await stack.undo()
    expect(step?.label).toBe('true a,b')
    expect(await seen('a', 'b', 'c')).toEqual(['b'])
    expect((await rows()).at(-1)?.mutation).toMatchObject({ emailIds: ['a'], blobIds: ['blob-a'], value: false })
    expect(stack.latest).toBeUndefined()
    expect(account.asked).toEqual(['outbox', 'outbox'])
  })

  it('leaves one row of what was done and taken back before it was sent', async () => {
    await mark(true, 'a')
    await stack.undo()
    expect((await rows()).map(({ mutation }) => mutation)).toMatchObject([{ value: false }])
  })

  it.each(['queued', 'sending', 'sent', 'failed'] as const)('works when the row is %s', async (status) => {
    await mark(true, 'a')
    const [row] = await rows()
    await account.write((tx) => tx.putOutbox({ ...(row as OutboxRow), status }))
    await stack.undo()
    expect(await seen('a')).toEqual([])
    expect((await rows()).at(-1)).toMatchObject({ status: 'queued', mutation: { value: false } })
  })

  it('works when the server has it', async () => {
    await mark(true, 'a')
    await account.write(async (tx) => {
      await tx.putEmails([anEmail('a', { seen: true })])
      await tx.deleteOutbox((await tx.outbox()).map(({ id }) => id))
    })
    await stack.undo()
    expect(await seen('a')).toEqual([])
  })

  it('walks back fifty steps, the last first, and knows when there is none', async () => {
    for (let count = 0; count < 60; count += 1) await mark(count % 2 === 0, 'a')
    const labels: (string | undefined)[] = []
    for (let count = 0; count < 51; count += 1) labels.push((await stack.undo())?.label)
    expect(labels.slice(0, 2)).toEqual(['false a', 'true a'])
    expect(labels.filter((label) => label !== undefined)).toHaveLength(50)
    expect(await seen('a')).toEqual([])
  })

  it('takes several mutations of one step back together', async () => {
    const flag = { ...setSeen(true, 'a', 'c'), keyword: '$flagged' }
    await stack.perform(account.open, [setSeen(true, 'a'), flag], 'both')
    await stack.undo()
    const [a, c] = await account.replica.emails([eid('a'), eid('c')])
    expect([a?.keywords, c?.keywords]).toEqual([{}, {}])
  })

  it('waits for the step that is being written', async () => {
    void mark(true, 'a')
    expect((await stack.undo())?.label).toBe('true a')
    expect(await seen('a')).toEqual([])
  })

  it('is no step what changed nothing, or what has no way back', async () => {
    await mark(true, 'b')
    const unknown = { ...setSeen(true, 'a'), type: 'ofANewerBuild' } as unknown as ReturnType<typeof setSeen>
    await stack.perform(account.open, [unknown], 'unknown')
    expect(stack.latest).toBeUndefined()
    expect(await stack.undo()).toBeUndefined()
    expect(await rows()).toHaveLength(2)
  })

  it('takes the Emails as the caller saw them, where he gives them', async () => {
    const shown = anEmail('gone-from-here', { seen: false })
    await stack.perform(account.open, [setSeen(true, 'gone-from-here')], 'given', [shown])
    await stack.undo()
    expect((await rows()).at(-1)?.mutation).toMatchObject({ emailIds: ['gone-from-here'], value: false })
  })

  it('follows a message to its new id', async () => {
    await mark(true, 'a')
    await account.write(async (tx) => {
      await tx.putEmails([anEmail('a2', { blobId: anEmail('a').blobId, seen: true, threadId: tid('t-a') })])
      await tx.rekeyEmail(eid('a'), eid('a2'))
      await tx.destroyEmails([eid('a')])
    })
    await settle()
    expect(stack.latest?.back).toMatchObject([{ emailIds: ['a2'] }])
    await stack.undo()
    expect(await seen('a2')).toEqual([])
  })

  it('keeps a step that could not be written', async () => {
    await mark(true, 'a')
    const append = account.replica.appendMutation.bind(account.replica)
    account.replica.appendMutation = () => Promise.reject(new Error('no room'))
    await expect(stack.undo()).rejects.toThrow('no room')
    account.replica.appendMutation = append
    expect((await stack.undo())?.label).toBe('true a')
  })

  it('forgets the steps of an account that was signed out, also one that is being written', async () => {
    const other = new ThreadAccount(new ManualClock())
    await mark(true, 'a')
    stack.keepOnly([other.open])
    expect(stack.latest).toBeUndefined()
    expect(await stack.undo()).toBeUndefined()
    await mark(true, 'c')
    expect(await stack.undo()).toBeUndefined()
    other.replica.close()
  })
})

describe('redo', () => {
  it('does again what was taken back, which can be taken back again', async () => {
    await mark(true, 'a', 'b')
    await mark(true, 'c')
    await stack.undo()
    await stack.undo()
    expect((await stack.redo())?.label).toBe('true a,b')
    expect(stack.latest?.label).toBe('true a,b')
    expect(await seen('a', 'b', 'c')).toEqual(['a', 'b'])
    expect((await stack.redo())?.label).toBe('true c')
    expect(await stack.redo()).toBeUndefined()
    await stack.undo()
    await stack.undo()
    expect(await seen('a', 'b', 'c')).toEqual(['b'])
  })

  it('ends with the next thing that is done', async () => {
    await mark(true, 'a')
    await stack.undo()
    await mark(true, 'c')
    expect(await stack.redo()).toBeUndefined()
  })
})
