import { describe, expect, it } from 'vitest'
import { aMailbox, anEmail, INBOX } from '../replica/testing/rows.ts'
import { toRow, toRowMessage } from '../mail/thread-rows.ts'
import { AllBut } from './all-but.svelte.ts'
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

  it('are all that the list shows once the reader says so, less what is unticked, until a stretch is taken', () => {
    const list = { ...listOf([1, 2, 3, 4].map((n) => row(n))), length: 4, total: 4 }
    const selection = new Selection(list)
    const has = (): boolean[] => [1, 2, 3, 4].map((n) => selection.has(row(n).threadId))
    selection.set(0, true, false)
    selection.allBut = new AllBut(list, () => selection.clear())
    expect(has()).toEqual([true, true, true, true])
    selection.toggle(1)
    expect(has()).toEqual([true, false, true, true])
    selection.set(3, false, true)
    expect([has(), selection.allBut.count]).toEqual([[true, false, false, false], 3])
    selection.set(2, true, true)
    expect(has()).toEqual([true, false, true, true])
    // What is done to what is ticked is done to all: one that is meant stands for them.
    selection.toggle(0)
    expect(selection.rows.map(({ emailId }) => emailId)).toEqual(['3'])
    selection.extendTo(2)
    expect(selection.allBut).toBeUndefined()
    selection.allBut = new AllBut(list, () => selection.clear())
    for (const at of [0, 1, 2, 3]) selection.toggle(at)
    expect([selection.size, selection.allBut]).toEqual([0, undefined])
    selection.allBut = new AllBut(list, () => selection.clear())
    selection.clear()
    expect(selection.has(row(1).threadId)).toBe(false)
  })

  it('are all but five hundred messages at most', () => {
    const rows = Array.from({ length: 60 }, (_, n) => ({ ...row(n), count: 10 }))
    const list = { ...listOf(rows), length: 60, total: 40_000 }
    const selection = new Selection(list)
    const all = (selection.allBut = new AllBut(list, () => selection.clear()))
    for (let at = 0; at < 50; at += 1) selection.toggle(at)
    expect([all.count, all.isFull]).toEqual([50, false])
    selection.toggle(50)
    expect([all.count, all.isFull, selection.has(rows[50]!.threadId)]).toEqual([50, true, true])
    selection.toggle(3)
    expect([all.count, all.isFull]).toEqual([49, false])
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
