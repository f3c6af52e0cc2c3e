import { expect, test } from 'vitest'
import { rowsBelow } from './rows-below.ts'
import type { EmailId } from '../jmap/types.ts'
import type { ListQuery, ThreadRow } from '../mail/list.ts'
import type { OpenAccount } from './open-account.ts'

const row = (n: number): ThreadRow => ({ threadId: `t${String(n)}`, emailId: String(n) }) as unknown as ThreadRow
const ids = (rows: readonly ThreadRow[]): number[] => rows.map(({ emailId }) => Number(emailId))
const from = (first: number, count: number): number[] => Array.from({ length: count }, (_, n) => first + n)

/** `shown`: by position; the server has `order`. Its answers are of at most 100 rows. */
function listed(shown: Readonly<Record<number, number>>, order: readonly number[], hidden: readonly number[] = []) {
  const asked: number[] = []
  const account = {
    port: {
      fetchWindow: ({ position, limit }: { position: number; limit: number }) => {
        asked.push(position)
        const emailIds = order.slice(position, position + Math.min(limit, 100)).map(String)
        return Promise.resolve({ position, total: order.length, emailIds, threadIds: [] })
      },
    },
    replica: {
      rows: (_: ListQuery, all: readonly EmailId[]) =>
        Promise.resolve(all.map((id) => (hidden.includes(Number(id)) ? undefined : row(Number(id))))),
    },
  } as unknown as Pick<OpenAccount, 'port' | 'replica'>
  const at = (position: number): ThreadRow | undefined => {
    const number = shown[position]
    return number === undefined ? undefined : row(number)
  }
  return { account, asked, list: { query: {} as ListQuery, row: at } }
}

test('from the horizon to the row that was pointed at, though the server gives fewer than were asked for', async () => {
  const { account, asked, list } = listed({ 0: 0, 349: 349 }, from(0, 1000))
  expect(ids(await rowsBelow(account, list, { first: 0, last: 349, covered: 40 }))).toEqual(from(40, 310))
  expect(asked).toEqual([40, 140, 240, 340])
})

test('between two that are both below it, and not by their positions: others have moved them meanwhile', async () => {
  const order = [...from(2000, 3), ...from(0, 1000)]
  const { account, list } = listed({ 500: 500, 520: 520 }, order)
  expect(ids(await rowsBelow(account, list, { first: 500, last: 520, covered: 40 }))).toEqual(from(500, 21))
})

test('without what has left by an action that waits', async () => {
  const { account, list } = listed({ 0: 0, 60: 61 }, from(0, 100), [50])
  expect(ids(await rowsBelow(account, list, { first: 0, last: 60, covered: 40 }))).toEqual([
    ...from(40, 10),
    ...from(51, 11),
  ])
})

test('none where the server names one of the two no more, or where either is not known', async () => {
  const gone = listed({ 0: 0, 60: 5000 }, from(0, 100))
  expect(await rowsBelow(gone.account, gone.list, { first: 0, last: 60, covered: 40 })).toEqual([])
  const unknown = listed({ 60: 60 }, from(0, 100))
  expect(await rowsBelow(unknown.account, unknown.list, { first: 50, last: 60, covered: 40 })).toEqual([])
})
