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
