/** One seed: an account, engines over one replica, a bad network, changes from everywhere; then quiet, then the check. */
import type { PersonalityName } from '../../demo/server/options.ts'
import { seededRandom } from '../../demo/server/seeded-random.ts'
import type { EmailId, MailboxId } from '../../src/jmap/types.ts'
import { EngineBench } from '../support/engine-bench.ts'
import { Dice } from './dice.ts'
import { Network } from './network.ts'
import { OpenLists } from './open-lists.ts'
import { OtherClients } from './other-clients.ts'
import { verify } from './verify.ts'

export const PERSONALITIES: readonly PersonalityName[] = ['plain', 'stalwart', 'cyrus']

export interface SeedResult {
  readonly seed: number
  readonly steps: number
  readonly failure?: { readonly seed: number; readonly what: string; readonly schedule: readonly string[] }
}

export async function runSeed(seed: number, like?: PersonalityName): Promise<SeedResult> {
  const personality = like ?? PERSONALITIES[seed % PERSONALITIES.length] ?? 'plain'
  const dice = new Dice(seededRandom(seed * 2 + 1))
  const bench = await EngineBench.create({
    like: personality,
    seed,
    // Small limits, so that a few dozen messages need pages, chunks and windows.
    limits: { maxObjectsInGet: dice.pick([4, 7, 15, 500]) ?? 500, changesMaxResults: dice.pick([3, 10, 500]) ?? 500 },
    ...dice.pick([{ keptMessages: 12 }, { keptMessages: 30 }, {}]),
  })
  // What a page asks for brings rows here that hide what else would be missing: in half of the seeds nobody looks.
  const world = new World(bench, dice, seed % 2 === 1)
  try {
    const what = await world.run()
    const { steps, schedule } = world
    return what === undefined
      ? { seed, steps }
      : { seed, steps, failure: { seed, what: `${personality}: ${what}`, schedule } }
  } catch (error) {
    const what = `${personality}: ${error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)}`
    return { seed, steps: world.steps, failure: { seed, what, schedule: world.schedule } }
  } finally {
    bench.close()
  }
}

class World {
  readonly schedule: string[] = []
  steps = 0
  readonly #bench: EngineBench
  readonly #dice: Dice
  readonly #others: OtherClients
  readonly #network: Network
  /** What the user last asked of `$flagged`, by blob: ids may change under it. */
  readonly #wishes = new Map<string, boolean>()
  readonly #everSeen = new Set<EmailId>()
  /** Blobs whose body was here at some time: it stays as long as the message does, under whatever id. */
  readonly #bodies = new Set<string>()

  readonly #isLookedAt: boolean

  constructor(bench: EngineBench, dice: Dice, isLookedAt: boolean) {
    this.#isLookedAt = isLookedAt
    this.#bench = bench
    this.#dice = dice
    this.#others = new OtherClients(bench, dice)
    this.#network = new Network(dice, dice.pick([0, 0.1, 0.3]) ?? 0)
    bench.client.faults = (calls) => this.#network.fault(calls)
  }

  async run(): Promise<string | undefined> {
    const dice = this.#dice
    for (let count = dice.below(50); count > 0; count -= 1) {
      this.#others.deliver(this.#bench.clock.now() - 60_000 - dice.below(60) * 60_000)
    }
    // Mostly long before the engine; sometimes just before, when the index is still wrong.
    if (dice.chance(0.7)) await this.#bench.clock.advance(1_000)
    await this.#bench.start()
    const lists = new OpenLists(this.#bench, this.#isLookedAt)
    for (let left = 10 + dice.below(40); left > 0; left -= 1) await this.#step()
    await this.#quiet()
    const wrong = await verify(this.#bench, dice, { flagged: this.#wishes, bodies: this.#bodies })
    try {
      return wrong ?? (await lists.verify())
    } finally {
      lists.close()
    }
  }

  async #step(): Promise<void> {
    this.steps += 1
    const done = await this.#dice.weighted<() => string | Promise<string>>([
      [30, () => this.#change()],
      [20, () => this.#wait()],
      [10, () => this.#flagAsUser()],
      [8, () => this.#look()],
      [8, () => this.#window()],
      [5, () => this.#fetch()],
      [5, () => this.#collide()],
      [3, () => this.#restart()],
      [3, () => this.#steal()],
      [2, () => this.#forget()],
      [2, () => this.#cut()],
      [2, () => this.#refresh()],
    ])()
    this.schedule.push(`${this.#bench.clock.monotonic()} ${done}`)
    await this.#noteBodies()
    // A step may leave everything under way behind it: the next one collides with it.
    if (this.#dice.chance(0.4)) await this.#bench.clock.advance(this.#dice.below(60))
  }

  #change(): string {
    const what = [this.#others.act()]
    while (this.#dice.chance(0.4)) what.push(this.#others.act())
    // The stream speaks, or is late, or does not.
    if (this.#dice.chance(0.8)) this.#bench.engine.didPush()
    return what.join('; ')
  }

  async #wait(): Promise<string> {
    const ms = this.#dice.pick([0, 5, 40, 110, 400, 2_100, 6_000]) ?? 0
    await this.#bench.clock.advance(ms)
    return `waited ${ms} ms`
  }

  async #flagAsUser(): Promise<string> {
    const ids = (await this.#bench.knownIds()).filter(() => this.#dice.chance(0.1)).slice(0, 4)
    const rows = (await this.#bench.replica.emails(ids)).flatMap((row) => row ?? [])
    if (rows.length === 0) return 'no row to flag'
    const value = this.#dice.chance(0.6)
    for (const row of rows) this.#wishes.set(row.blobId, value)
    await this.#bench.replica.appendMutation({
      type: 'setKeyword',
      emailIds: rows.map((row) => row.id),
      blobIds: rows.map((row) => row.blobId),
      keyword: '$flagged',
      value,
    })
    this.#bench.engine.pokeOutbox()
    return `user ${value ? 'flags' : 'unflags'} ${rows.map((row) => row.id).join(' ')}`
  }

  async #look(): Promise<string> {
    const mailboxId = this.#anyMailbox()
    const emailIds = (await this.#bench.list(mailboxId)).slice(0, 8)
    const visible = this.#dice.chance(0.8)
    this.#bench.engine.setAttention({ visible, mailboxId, emailIds, openThreadId: null })
    return `look at ${mailboxId}${visible ? '' : ', hidden'}`
  }

  #window(): string {
    const mailboxId = this.#anyMailbox()
    const position = this.#dice.below(30)
    void this.#bench.engine
      .fetchWindow({ query: { mailboxId }, position, limit: 1 + this.#dice.below(12) })
      .catch(() => undefined)
    return `window of ${mailboxId} at ${position}`
  }

  /** A window's answer is long on its way, and everything changes meanwhile: perhaps the leader, too. */
  async #collide(): Promise<string> {
    const mailboxId = this.#dice.chance(0.6) ? this.#bench.mailboxId('inbox') : this.#anyMailbox()
    this.#network.holdNextWindow(2_500)
    void this.#bench.engine.fetchWindow({ query: { mailboxId }, position: 0, limit: 12 }).catch(() => undefined)
    await this.#bench.clock.advance(100)
    const isStolen = this.#dice.chance(0.3)
    if (isStolen) await this.#bench.start()
    const what = this.#others.actIn(mailboxId)
    if (this.#dice.chance(0.6)) this.#bench.engine.didPush()
    await this.#bench.clock.advance(1_000)
    return `held window of ${mailboxId}${isStolen ? ', steal' : ''}; ${what}`
  }

  #fetch(): string {
    for (const id of this.#bench.account.emails.keys()) this.#everSeen.add(id as EmailId)
    // Links to messages outlive them: Stalwart still answers for ids that a merge killed.
    const id = this.#dice.pick([...this.#everSeen])
    if (id === undefined) return 'nothing to fetch'
    const { engine } = this.#bench
    const asked = this.#dice.chance(0.5) ? engine.fetchEmail(id) : engine.fetchBodies([id])
    void Promise.resolve<unknown>(asked).catch(() => undefined)
    return `fetch ${id}`
  }

  async #restart(): Promise<string> {
    this.#bench.engine.stop()
    await this.#bench.start()
    return 'restart'
  }

  /** A stopped tab's lock is stolen: the old engine knows nothing of it, and its answers are still under way. */
  async #steal(): Promise<string> {
    await this.#bench.start()
    return 'steal'
  }

  #forget(): string {
    this.#bench.account.forgetChanges()
    return 'the server forgets its states'
  }

  async #cut(): Promise<string> {
    this.#network.isDown = true
    const ms = this.#dice.below(4_000)
    await this.#bench.clock.advance(ms)
    this.#network.isDown = false
    return `network down for ${ms} ms`
  }

  #refresh(): string {
    this.#bench.engine.refresh()
    return 'refresh'
  }

  async #noteBodies(): Promise<void> {
    const present = await this.#bench.replica.bodiesPresent(await this.#bench.knownIds())
    for (const row of await this.#bench.replica.emails([...present])) if (row) this.#bodies.add(row.blobId)
  }

  /** The network heals, the page is looked at, and nothing happens any more. */
  async #quiet(): Promise<void> {
    const { engine, clock } = this.#bench
    this.#network.badness = 0
    engine.setAttention({ visible: true, mailboxId: this.#bench.mailboxId('inbox'), emailIds: [], openThreadId: null })
    await clock.advance(5_000)
    engine.didPush()
    engine.refresh()
    for (let left = 12; left > 0; left -= 1) {
      await clock.advance(5_000)
      if (engine.status.phase === 'ready' && left < 9) return
    }
  }

  #anyMailbox(): MailboxId {
    return (this.#dice.pick([...this.#bench.account.mailboxes.keys()]) ?? '') as MailboxId
  }
}
