/** What is kept offline: how far down, what with it, when it waits, and what goes again. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { BlobId, EmailId } from '../../src/jmap/types.ts'
import type { Device } from '../../src/platform/device.ts'
import { EngineBench } from '../support/engine-bench.ts'

const DAY = 86_400_000
const NEAR_ROWS = 1_000

let bench: EngineBench
afterEach(() => bench.close())

/** Started, and all that is kept is here. */
async function settled(): Promise<EngineBench['engine']> {
  const engine = await bench.start()
  await bench.clock.advance(30_000)
  return engine
}

/** Each an hour older than the one before. */
function deliverAt(days: number, count: number): EmailId[] {
  const from = bench.clock.now() - days * DAY
  return Array.from({ length: count }, (_, index) => bench.deliver({ at: from - index * 3_600_000 }))
}

const asksBodies = (seen: EngineBench['client']['seen']): string[] =>
  seen.flatMap(({ calls }) =>
    calls.flatMap(([name, args]) =>
      name === 'Email/get' && args['fetchHTMLBodyValues'] ? ((args['ids'] as string[] | undefined) ?? []) : [],
    ),
  )

const present = async (ids: readonly EmailId[]): Promise<EmailId[]> => {
  const here = await bench.replica.bodiesPresent(ids)
  return ids.filter((id) => here.has(id))
}

/** Keeping has begun. */
async function untilSome(ids: readonly EmailId[]): Promise<void> {
  for (let left = 1_000; left > 0 && (await present(ids)).length === 0; left -= 1) await bench.clock.advance(20)
}

describe('the last 90 days', () => {
  test('rows and letters are here down to there, the newest letters first; of older mail a list looks whole', async () => {
    bench = await EngineBench.create()
    const recent = deliverAt(1, 60)
    const old = deliverAt(100, 1_500)
    await bench.start()
    await bench.clock.advance(60_000)
    expect(bench.engine.status).toMatchObject({ backfill: 100 })
    expect(bench.engine.status.isFilling).toBeUndefined()
    expect(await present(recent)).toEqual(recent)
    expect(await present(old)).toEqual([])
    const rows = (await bench.knownIds()).length
    expect(rows).toBeGreaterThanOrEqual(NEAR_ROWS)
    expect(rows).toBeLessThan(recent.length + old.length)
    expect(asksBodies(bench.client.seen)).toEqual(recent)
  })

  test('is not all kept before the letters are: progress says so', async () => {
    bench = await EngineBench.create()
    deliverAt(1, 200)
    const values: number[] = []
    const engine = await bench.start()
    engine.onStatus(({ backfill }) => values.push(backfill))
    await bench.clock.advance(60_000)
    expect(values).toEqual([...values].sort((a, b) => a - b))
    expect(new Set(values).size).toBeGreaterThan(5)
    expect(values.at(-1)).toBe(100)
  })

  test('goes on after a stop, and asks for no letter twice', async () => {
    bench = await EngineBench.create()
    const ids = deliverAt(1, 300)
    const first = await bench.start()
    await untilSome(ids)
    first.stop()
    const before = await present(ids)
    expect(before.length).toBeGreaterThan(0)
    expect(before.length).toBeLessThan(ids.length)
    await bench.start()
    await bench.clock.advance(60_000)
    expect(await present(ids)).toEqual(ids)
    const asked = asksBodies(bench.client.seen)
    // Only what was under way when it stopped.
    expect(asked.length - new Set(asked).size).toBeLessThanOrEqual(15)
    bench.engine.stop()
    bench.client.seen.length = 0
    const third = await bench.start()
    expect(third.status.backfill).toBe(0)
    await bench.clock.advance(100)
    expect(third.status.backfill).toBe(100)
    await bench.clock.advance(60_000)
    expect(asksBodies(bench.client.seen)).toEqual([])
  })

  test('has the letter of what arrives later', async () => {
    bench = await EngineBench.create()
    deliverAt(1, 30)
    const engine = await settled()
    const id = bench.deliver()
    engine.didPush()
    await bench.clock.advance(5_000)
    expect(await present([id])).toEqual([id])
    expect(engine.status.backfill).toBe(100)
  })

  test('lets letters go that nobody opened once their time is over, and keeps opened ones', async () => {
    bench = await EngineBench.create()
    const [opened, unopened] = deliverAt(89, 2)
    await settled()
    await bench.replica.body(opened!)
    await bench.clock.advance(3 * DAY)
    expect(await present([opened!, unopened!])).toEqual([opened])
  })

  test('gives nothing up on a device whose clock is set a year ahead', async () => {
    bench = await EngineBench.create()
    const [young] = deliverAt(1, 1)
    const [old] = deliverAt(89, 1)
    await settled()
    const { clock } = bench
    const right = clock.now.bind(clock)
    clock.now = () => right() + 365 * DAY
    await bench.clock.advance(2 * DAY)
    expect(await present([young!, old!])).toEqual([young, old])
  })

  test('has the young letters on a device whose clock was a year ahead from the start, and no older ones', async () => {
    bench = await EngineBench.create()
    const young = deliverAt(1, 20)
    const old = deliverAt(100, 20)
    const { clock } = bench
    const right = clock.now.bind(clock)
    clock.now = () => right() + 365 * DAY
    await settled()
    expect(bench.engine.status.backfill).toBe(100)
    expect(await present([...young, ...old])).toEqual(young)
  })
})

describe('another choice', () => {
  test('everything: rows and letters of all', async () => {
    bench = await EngineBench.create()
    // Else it would rather be the clock that is wrong.
    deliverAt(1, 1)
    const old = deliverAt(400, 40)
    const more = deliverAt(1_000, 1_200)
    const engine = await settled()
    expect(await present(old)).toEqual([])
    const values = new Set<number>()
    engine.onStatus(({ backfill }) => values.add(backfill))
    await engine.keep({ policy: { days: Infinity, files: 0 } })
    await bench.clock.advance(60_000)
    expect(engine.status).toMatchObject({ backfill: 100, keeps: 'all' })
    // However far back the oldest of it is, it is said how far this has come.
    expect([...values].filter((value) => value > 25 && value < 75).length).toBeGreaterThan(10)
    expect(await present([...old, ...more])).toHaveLength(1_240)
    engine.stop()
    // The choice outlives the engine.
    const next = await bench.start()
    await bench.clock.advance(30_000)
    expect(next.status).toMatchObject({ backfill: 100, keeps: 'all' })
  })

  test('nothing: a short list stays, no letter does but drafts and what waits to be sent', async () => {
    bench = await EngineBench.create()
    const inbox = deliverAt(1, 900)
    const draft = bench.deliver({
      at: bench.clock.now() - 80 * DAY,
      mailbox: bench.mailboxId('drafts'),
      keywords: ['$draft'],
    })
    const engine = await settled()
    await bench.clock.advance(60_000)
    const waiting = inbox.at(-1)!
    bench.client.faults = () => ({ lose: 'before' })
    const [row] = await bench.replica.emails([waiting])
    await bench.replica.appendMutation({
      type: 'setKeyword',
      emailIds: [waiting],
      blobIds: [row!.blobId],
      keyword: '$flagged',
      value: true,
    })
    await engine.keep({ policy: { days: 0, files: 0 }, erase: true })
    expect(await present(inbox)).toEqual([waiting])
    expect(await present([draft])).toEqual([draft])
    bench.client.faults = () => undefined
    engine.refresh()
    await bench.clock.advance(30_000)
    const known = await bench.knownIds()
    expect(known.length).toBeLessThan(310)
    expect(known).toContain(draft)
    expect(await bench.replica.outbox()).toEqual([])
    expect(bench.account.emails.get(waiting)?.keywords.has('$flagged')).toBe(true)
    expect(engine.status).toMatchObject({ backfill: 100, keeps: 'none' })
    // What is claimed is still true.
    const id = bench.mailboxId('inbox')
    const list = await bench.replica.listWindow({ mailboxId: id }, 0, 1_000)
    expect(list.isComplete).toBe(false)
    expect(list.rows.map(({ emailId }) => emailId)).toEqual(bench.serverList(id).slice(0, list.covered))
    expect(list.covered).toBeGreaterThan(250)
  })

  test('nothing: only what is open is fetched, and left again after a while', async () => {
    bench = await EngineBench.create()
    const ids = deliverAt(1, 20)
    const engine = await settled()
    await engine.keep({ policy: { days: 0, files: 0 }, erase: true })
    const [row] = await bench.replica.emails(ids)
    engine.setAttention({ visible: true, mailboxId: null, emailIds: ids, openThreadId: row!.threadId })
    await bench.clock.advance(5_000)
    expect(await present(ids)).toEqual([ids[0]])
    engine.setAttention({ visible: true, mailboxId: null, emailIds: ids, openThreadId: null })
    await bench.clock.advance(30 * 60_000)
    expect(await present(ids)).toEqual([])
  })
})

test('another look at the list writes nothing: what is kept is gone through by the hour, not by the glance', async () => {
  bench = await EngineBench.create()
  const ids = deliverAt(1, 20)
  const engine = await settled()
  await bench.clock.advance(60_000)
  const writes = vi.spyOn(bench.replica, 'write')
  for (const id of ids) {
    engine.setAttention({ visible: true, mailboxId: null, emailIds: [id], openThreadId: null })
    await bench.clock.advance(500)
  }
  expect(writes).not.toHaveBeenCalled()
})

describe('the network and the battery', () => {
  test('are spared while hidden', async () => {
    bench = await EngineBench.create()
    const ids = deliverAt(1, 100)
    const engine = await bench.start()
    await untilSome(ids)
    engine.setAttention({ visible: false, mailboxId: null, emailIds: [], openThreadId: null })
    await bench.clock.advance(1_000)
    const here = (await present(ids)).length
    expect(here).toBeGreaterThan(0)
    expect(here).toBeLessThan(ids.length)
    await bench.clock.advance(600_000)
    expect(await present(ids)).toHaveLength(here)
    engine.setAttention({ visible: true, mailboxId: null, emailIds: [], openThreadId: null })
    await bench.clock.advance(60_000)
    expect(await present(ids)).toEqual(ids)
  })

  test.each(['saving', 'metered'] as const)(
    'are spared when the reader pays (%s), until told otherwise',
    async (why) => {
      let spares: ReturnType<Device['spares']> = why
      bench = await EngineBench.create({ device: { spares: () => spares, room: () => Promise.resolve({}) } })
      const ids = deliverAt(1, 400)
      const engine = await settled()
      await bench.clock.advance(60_000)
      expect(engine.status).toMatchObject({ phase: 'ready', keepWaits: why })
      expect(await present(ids)).toEqual([])
      spares = undefined
      await bench.clock.advance(90_000)
      expect(engine.status.keepWaits).toBeUndefined()
      expect(await present(ids)).toEqual(ids)
    },
  )

  test('are used all the same when the reader says so', async () => {
    bench = await EngineBench.create({ device: { spares: () => 'metered', room: () => Promise.resolve({}) } })
    const ids = deliverAt(1, 40)
    const engine = await settled()
    await engine.keep({ now: true })
    await bench.clock.advance(20_000)
    expect(await present(ids)).toEqual(ids)
    expect(engine.status.keepWaits).toBeUndefined()
  })

  test('a grant nearly used up: nothing more is fetched ahead, and what is here shrinks', async () => {
    let usage = 10
    bench = await EngineBench.create({
      device: { spares: () => undefined, room: () => Promise.resolve({ usage, quota: 100_000 }) },
    })
    deliverAt(1, 30)
    const engine = await settled()
    const before = await engine.keep({})
    expect(before.letters.count).toBe(30)
    usage = 95_000
    await bench.clock.advance(600_000)
    const after = await engine.keep({})
    expect(after.letters.count).toBeLessThan(30)
    expect(after.rows.count).toBe(30)
    bench.deliver()
    engine.didPush()
    await bench.clock.advance(5_000)
    expect(engine.status.keepWaits).toBe('room')
  })
})

describe('files', () => {
  const letter = (size: number): string =>
    [
      'From: Ada <ada@example.test>',
      'To: mara@example.test',
      'Subject: Pictures',
      'Message-ID: <files@example.test>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/related; boundary=b',
      '',
      '--b',
      'Content-Type: text/html',
      '',
      '<p>Look <img src="cid:one"></p>',
      '--b',
      'Content-Type: image/png; name=inline.png',
      'Content-Id: <one>',
      'Content-Disposition: inline; filename=inline.png',
      '',
      'picture',
      '--b',
      'Content-Type: application/pdf; name=report.pdf',
      'Content-Disposition: attachment; filename=report.pdf',
      '',
      'x'.repeat(size),
      '--b--',
      '',
    ].join('\r\n')

  function deliverFiles(size: number): EmailId {
    const receivedAt = bench.clock.now() - DAY
    return bench.account.deliver(letter(size), { mailboxIds: [bench.mailboxId('inbox')], receivedAt }).id as EmailId
  }

  async function fileOf(id: EmailId, name: string): Promise<string> {
    const part = (await bench.replica.body(id))?.attachments.find((each) => each.name === name)
    const file = { blobId: part!.blobId as BlobId, type: part!.type, name }
    const blob = await bench.engine.fetchFile(file, () => Promise.reject(new Error('not here')))
    return blob.text()
  }

  test('pictures inside the text and files under the size are kept, and are there without a network', async () => {
    bench = await EngineBench.create()
    const small = deliverFiles(500)
    await settled()
    expect([...bench.client.downloads].sort()).toEqual(['inline.png', 'report.pdf'])
    bench.client.losesDownloads = true
    expect(await fileOf(small, 'inline.png')).toBe('picture')
    expect(await fileOf(small, 'report.pdf')).toBe('x'.repeat(500))
    const kept = await bench.engine.keep({})
    expect(kept.files).toEqual({ count: 2, bytes: 507 })
  })

  test('bigger files are not, and go when the reader wants less; a restart asks for none again', async () => {
    bench = await EngineBench.create()
    const big = deliverFiles(2_000)
    const engine = await bench.start()
    await engine.keep({ policy: { days: 90, files: 1_000 } })
    await bench.clock.advance(20_000)
    expect(bench.client.downloads).toEqual(['inline.png'])
    await expect(fileOf(big, 'report.pdf')).rejects.toThrow('not here')
    await engine.keep({ policy: { days: 90, files: 3_000 } })
    await bench.clock.advance(20_000)
    expect(bench.client.downloads).toEqual(['inline.png', 'report.pdf'])
    expect(await fileOf(big, 'report.pdf')).toHaveLength(2_000)
    await engine.keep({ policy: { days: 90, files: 1_000 } })
    await expect(fileOf(big, 'report.pdf')).rejects.toThrow('not here')
    expect(await fileOf(big, 'inline.png')).toBe('picture')
    engine.stop()
    await settled()
    expect(bench.client.downloads).toHaveLength(2)
  })

  test('go with their letter', async () => {
    bench = await EngineBench.create()
    const id = deliverFiles(10)
    const engine = await settled()
    expect((await engine.keep({})).files.count).toBe(2)
    bench.account.destroy(id)
    engine.didPush()
    await bench.clock.advance(11 * 60_000)
    expect(await engine.keep({})).toMatchObject({ letters: { count: 0 }, files: { count: 0, bytes: 0 } })
  })
})
