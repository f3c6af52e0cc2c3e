/** Account settings in the server's file store: two devices, offline, at the same time, and what can be wrong with the file. */
import { afterEach, describe, expect, test } from 'vitest'
import { chosenNow, type KeptSettings } from '../../src/mail/account-settings.ts'
import { effectiveSettings, setSettings } from '../../src/mutations/set-settings.ts'
import { EngineBench, type BenchOptions } from '../support/engine-bench.ts'

const benches: EngineBench[] = []
afterEach(() => {
  for (const bench of benches.splice(0)) bench.close()
})

async function begin(options: BenchOptions = { like: 'stalwart' }): Promise<EngineBench> {
  const bench = await EngineBench.create(options)
  benches.push(bench)
  bench.fill(2)
  await bench.startAndSettle()
  return bench
}

/** Another device of the same reader at the same server. */
async function second(first: EngineBench): Promise<EngineBench> {
  const bench = await first.otherDevice()
  benches.push(bench)
  await bench.startAndSettle()
  return bench
}

const kept = (bench: EngineBench): Promise<KeptSettings | undefined> => bench.replica.settings()
async function shown(bench: EngineBench): Promise<Record<string, unknown>> {
  const entries = effectiveSettings(await kept(bench), await bench.replica.outbox())
  return Object.fromEntries(Object.entries(entries).map(([name, { value }]) => [name, value]))
}
async function choose(bench: EngineBench, name: string, value: unknown): Promise<void> {
  const entries = effectiveSettings(await kept(bench), await bench.replica.outbox())
  await bench.replica.appendMutation(setSettings({ [name]: chosenNow(entries[name], value, bench.clock.now()) }))
  bench.engine.pokeOutbox()
}
const settle = (bench: EngineBench): Promise<void> => bench.clock.advance(120_000)
function goOffline(bench: EngineBench): () => Promise<void> {
  bench.client.faults = () => ({ lose: 'before' })
  return async () => {
    bench.client.faults = () => undefined
    bench.engine.refresh()
    await settle(bench)
  }
}
/** As the push tells of it. */
async function hear(bench: EngineBench): Promise<void> {
  const { log, personality } = bench.account
  bench.engine.didPush({ FileNode: personality.encodeState(log.state('FileNode'), true) })
  await settle(bench)
}

const names = (bench: EngineBench): string[] => [...bench.account.side.fileNodes.values()].map(({ name }) => name)
function textOf(bench: EngineBench, name = 'settings.json'): string {
  const node = [...bench.account.side.fileNodes.values()].find((each) => each.name === name)
  return new TextDecoder().decode(bench.account.side.uploads.get(node?.blobId ?? '')?.bytes)
}
const fileOf = (bench: EngineBench): Record<string, unknown> => {
  const { settings } = JSON.parse(textOf(bench)) as { settings: Record<string, { value: unknown }> }
  return Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]))
}
/** By somebody else. */
function overwrite(bench: EngineBench, text: string): void {
  const { side, log } = bench.account
  side.uploads.set('theirs', { bytes: new TextEncoder().encode(text), type: 'application/json' })
  bench.account.transact(() => {
    for (const node of side.fileNodes.values()) {
      if (node.name !== 'settings.json') continue
      node.blobId = 'theirs'
      node.size = text.length
      log.record('FileNode', node.id, 'updated')
    }
  })
}

describe('with a file store', () => {
  test('nothing is asked before the account is ready, and nothing written before something is chosen', async () => {
    const bench = await EngineBench.create({ like: 'stalwart' })
    benches.push(bench)
    bench.fill(2)
    await bench.start()
    let before = 0
    bench.engine.onStatus(({ phase }) => {
      if (phase === 'ready' && before === 0)
        before =
          bench.client.seen.filter(({ names: asked }) => asked.some((name) => name.startsWith('File'))).length + 1
    })
    await bench.clock.advance(15_000)
    expect(before).toBe(1)
    expect(bench.client.seen.some(({ names: asked }) => asked.includes('FileNode/query'))).toBe(true)
    expect(names(bench)).toEqual([])
    expect(await kept(bench)).toMatchObject({ place: 'server', server: {} })
  })

  test('a choice holds at once, is in the file, and comes to another device by its push', async () => {
    const here = await begin()
    const there = await second(here)
    await choose(here, 'readDelay', 3)
    expect(await shown(here)).toEqual({ readDelay: 3 })
    await settle(here)
    expect(names(here)).toEqual(['Postern', 'settings.json'])
    expect(fileOf(here)).toEqual({ readDelay: 3 })
    expect(await here.replica.outbox()).toEqual([])
    expect(await shown(here)).toEqual({ readDelay: 3 })
    await hear(there)
    expect(await shown(there)).toEqual({ readDelay: 3 })
  })

  test('its own echo is no news, and what is known is not read again', async () => {
    const bench = await begin()
    await choose(bench, 'readDelay', 3)
    await settle(bench)
    const asked = bench.client.seen.length
    await hear(bench)
    expect(bench.client.seen.slice(asked).filter(({ names: each }) => each.includes('FileNode/get'))).toEqual([])
  })

  test('two devices offline change different things, and the same: each keeps its own, the later holds', async () => {
    const here = await begin()
    const there = await second(here)
    const backs = [goOffline(here), goOffline(there)]
    await choose(here, 'labels/work', { name: 'Office' })
    await choose(here, 'readDelay', 3)
    await here.clock.advance(1000)
    await choose(there, 'labels/home', { name: 'Home' })
    await choose(there, 'readDelay', null)
    expect(await shown(here)).toMatchObject({ readDelay: 3 })
    // The later one is heard of first.
    await backs[1]?.()
    await backs[0]?.()
    await hear(there)
    const end = { 'labels/home': { name: 'Home' }, 'labels/work': { name: 'Office' }, readDelay: null }
    expect(fileOf(here)).toEqual(end)
    expect(await shown(here)).toEqual(end)
    expect(await shown(there)).toEqual(end)
  })

  test('a write between reading and writing is merged, not undone', async () => {
    const here = await begin()
    const there = await second(here)
    await choose(here, 'readDelay', 3)
    await settle(here)
    await hear(there)
    let isMet = false
    here.client.faults = (calls) => {
      if (!isMet && calls.some(([name]) => name === 'Blob/upload')) {
        isMet = true
        overwrite(here, textOf(here).replace('"settings": {', '"settings": { "labels/x": {"value": {}, "at": 5},'))
      }
      return undefined
    }
    await choose(here, 'cutTracking', true)
    await settle(here)
    expect(isMet).toBe(true)
    expect(fileOf(here)).toEqual({ cutTracking: true, 'labels/x': {}, readDelay: 3 })
  })

  test.each(['Blob/upload', 'FileNode/set', 'FileNode/get'])(
    'an answer to %s that is lost loses no choice',
    async (name) => {
      const bench = await begin()
      let left = 2
      bench.client.faults = (calls) =>
        calls.some(([each]) => each === name) && left-- > 0 ? { lose: 'after' } : undefined
      await choose(bench, 'readDelay', 3)
      await bench.clock.advance(600_000)
      expect(left).toBeLessThan(2)
      expect(fileOf(bench)).toEqual({ readDelay: 3 })
      expect(names(bench)).toEqual(['Postern', 'settings.json'])
      expect(await bench.replica.outbox()).toEqual([])
    },
  )

  test('the next leader sends what the last one was about to', async () => {
    const bench = await begin()
    bench.client.faults = (calls) =>
      calls.some(([name]) => name === 'FileNode/set') ? { delayBefore: 1_000_000 } : undefined
    await choose(bench, 'readDelay', 3)
    await bench.clock.advance(5000)
    bench.engine.stop()
    bench.client.faults = () => undefined
    await bench.startAndSettle()
    expect(fileOf(bench)).toEqual({ readDelay: 3 })
    expect(await bench.replica.outbox()).toEqual([])
  })

  test('a file that was taken away is written again with what is known', async () => {
    const bench = await begin()
    await choose(bench, 'readDelay', 3)
    await settle(bench)
    bench.account.transact(() => {
      const node = [...bench.account.side.fileNodes.values()].find(({ name }) => name === 'settings.json')
      bench.account.side.fileNodes.delete(node?.id ?? '')
      bench.account.log.record('FileNode', node?.id ?? '', 'destroyed')
    })
    await hear(bench)
    expect(fileOf(bench)).toEqual({ readDelay: 3 })
  })
})

describe('a file that cannot be used', () => {
  test('is set aside by name before another is begun, with all that is known here', async () => {
    const here = await begin()
    await choose(here, 'readDelay', 3)
    await settle(here)
    overwrite(here, '{"format": "postern-settings", "version": 1, "sett')
    await hear(here)
    const aside = names(here).find((name) => name.startsWith('settings-unreadable-')) ?? ''
    expect(textOf(here, aside)).toContain('"sett')
    expect(fileOf(here)).toEqual({ readDelay: 3 })
    expect(await kept(here)).toMatchObject({ place: 'server', setAside: aside })
  })

  test('stays as it is as long as there is nothing to write', async () => {
    const here = await begin()
    await choose(here, 'readDelay', 3)
    await settle(here)
    overwrite(here, 'not ours')
    const there = await second(here)
    expect(await kept(there)).toMatchObject({ place: 'device', why: 'unreadable' })
    expect(textOf(here)).toBe('not ours')
  })

  test('of a newer version is never written: choices stay on the device', async () => {
    const bench = await begin()
    await choose(bench, 'readDelay', 3)
    await settle(bench)
    const newer = '{"format": "postern-settings", "version": 2, "settings": {}}'
    overwrite(bench, newer)
    await choose(bench, 'cutTracking', true)
    await settle(bench)
    expect(textOf(bench)).toBe(newer)
    expect(await kept(bench)).toMatchObject({ place: 'device', why: 'newer' })
    expect(await shown(bench)).toEqual({ cutTracking: true, readDelay: 3 })
    expect(await bench.replica.outbox()).toEqual([])
  })

  test('is no file but a text of millions of letters, entries that are none, and times of no clock', async () => {
    const bench = await begin()
    await choose(bench, 'readDelay', 3)
    await settle(bench)
    const settings = { a: 1, b: { value: 2, at: 'x' }, c: { value: 3, at: 1e17 }, d: { value: 4, at: 7 }, e: null }
    overwrite(bench, JSON.stringify({ format: 'postern-settings', version: 1, settings }))
    await hear(bench)
    expect(await shown(bench)).toEqual({ d: 4 })
  })
})

describe('on the device', () => {
  test.each(['plain', 'cyrus'] as const)(
    'like %s, which has no file store: kept here, and the outbox is empty',
    async (like) => {
      const bench = await begin({ like })
      await choose(bench, 'readDelay', 3)
      await settle(bench)
      expect(await shown(bench)).toEqual({ readDelay: 3 })
      expect(await kept(bench)).toMatchObject({ place: 'device', why: 'none' })
      expect(await bench.replica.outbox()).toEqual([])
      expect(bench.client.seen.flatMap(({ names: asked }) => asked).filter((name) => /File|Blob/.test(name))).toEqual(
        [],
      )
    },
  )

  test('a store that refuses keeps no mail waiting, and gets all once it takes it', async () => {
    const bench = await begin()
    bench.client.refuses = (name) => (name === 'FileNode/set' ? 'forbidden' : undefined)
    await choose(bench, 'readDelay', 3)
    await settle(bench)
    expect(await kept(bench)).toMatchObject({ place: 'device', why: 'refused' })
    expect(await bench.replica.outbox()).toEqual([])
    expect(bench.engine.status.phase).toBe('ready')
    bench.client.refuses = () => undefined
    bench.engine.stop()
    await bench.startAndSettle()
    expect(fileOf(bench)).toEqual({ readDelay: 3 })
    expect(await kept(bench)).toMatchObject({ place: 'server' })
  })

  test('senders that an older build kept are taken along', async () => {
    const bench = await begin()
    bench.engine.stop()
    const epoch = await bench.replica.claimEpoch()
    await bench.replica.write({ epoch }, (tx) => {
      tx.kept.put('meta', { name: 'pictureSenders', value: 0, addresses: ['news@shop.example'] })
      return Promise.resolve()
    })
    await bench.startAndSettle()
    expect(fileOf(bench)).toEqual({ 'pictures/news@shop.example': true })
  })
})

test('a device whose clock is a year behind still has the last word where it changes what it saw', () => {
  expect(chosenNow({ value: 1, at: 1000 }, 2, 5)).toEqual({ value: 2, at: 1001 })
})
