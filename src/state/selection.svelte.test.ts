import { describe, expect, it } from 'vitest'
import { aMailbox, anEmail, INBOX } from '../replica/testing/rows.ts'
import { toRow, toRowMessage } from '../mail/thread-rows.ts'
import { Selection } from './selection.svelte.ts'
import type { RowList } from './row-list.ts'
import type { ThreadRow } from '../mail/list.ts'

const box = aMailbox(INBOX)
const row = (n: number, keywords = {}): ThreadRow => {
  const email = anEmail(String(n), { keywords })
  return toRow(box.id, email, [toRowMessage(email)], 1)
}

/** A list that has these rows now. */
function listOf(rows: ThreadRow[]): RowList {
  const list: Pick<RowList, 'row' | 'positionOf'> = {
    row: (position) => rows[position],
    positionOf: (key) => rows.findIndex((each) => each.threadId === key),
  }
  return list as RowList
}

describe('ticked rows', () => {
  it('are taken by stretches, and given back', () => {
    const selection = new Selection(listOf([row(1), row(2), row(3)]))
    selection.set(0, true, false)
    selection.set(2, true, true)
    expect(selection.rows.map(({ emailId }) => emailId)).toEqual(['1', '2', '3'])
    selection.set(1, false, false)
    expect(selection.size).toBe(2)
    expect(selection.has(row(2).threadId)).toBe(false)
  })

  it('are all that the list shows once the reader says so, until another is ticked or one is not', () => {
    const selection = new Selection(listOf([1, 2, 3].map((n) => row(n))))
    selection.set(0, true, false)
    selection.isAll = true
    expect([1, 2, 3].map((n) => selection.has(row(n).threadId))).toEqual([true, true, true])
    selection.toggle(1)
    expect([1, 2, 3].map((n) => selection.has(row(n).threadId))).toEqual([true, false, false])
    selection.isAll = true
    selection.extendTo(2)
    expect(selection.isAll).toBe(false)
    selection.isAll = true
    selection.clear()
    expect(selection.has(row(1).threadId)).toBe(false)
  })

  it('make a stretch that can become shorter again, and keeps what was ticked besides', () => {
    const selection = new Selection(listOf([1, 2, 3, 4, 5].map((n) => row(n))))
    const ids = (): string[] => selection.rows.map(({ emailId }) => emailId).sort()
    selection.toggle(4)
    selection.toggle(1)
    selection.extendTo(3)
    expect(ids()).toEqual(['2', '3', '4', '5'])
    selection.extendTo(0)
    expect(ids()).toEqual(['1', '2', '5'])
    selection.toggle(4)
    expect(ids()).toEqual(['1', '2'])
    selection.clear()
    selection.extendTo(2, 1)
    expect(ids()).toEqual(['2', '3'])
    selection.set(2, false, true)
    expect(ids()).toEqual([])
  })

  it('are read where the list has let go of them, unless the reader chose again meanwhile', async () => {
    const rows = Array.from({ length: 300 }, (_, n) => row(n))
    const answers: (() => void)[] = []
    const list: Partial<RowList> = {
      length: 300,
      row: (position) => (position < 10 || position > 290 ? rows[position] : undefined),
      positionOf: () => -1,
      rowsIn: (first, last) => new Promise((resolve) => answers.push(() => resolve(rows.slice(first, last + 1)))),
    }
    const selection = new Selection(list as RowList)
    selection.all()
    expect(selection.size).toBe(19)
    answers[0]?.()
    await Promise.resolve()
    expect(selection.size).toBe(300)
    selection.clear()
    selection.set(5, true, false)
    selection.extendTo(200)
    selection.clear()
    answers[1]?.()
    await Promise.resolve()
    expect(selection.size).toBe(0)
  })

  it('stay ticked when the list lets go of them, and are as they are now when it has them', () => {
    const rows = [row(1), row(2)]
    const selection = new Selection(listOf(rows))
    selection.set(0, true, false)
    selection.set(1, true, false)
    rows.splice(0, 2, row(2, { $seen: true }))
    expect(selection.rows.map(({ emailId, messages: [message] }) => [emailId, message?.keywords])).toEqual([
      ['1', {}],
      ['2', { $seen: true }],
    ])
  })
})
