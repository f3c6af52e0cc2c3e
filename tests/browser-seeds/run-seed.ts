/** One seed: its schedule in a browser of its own, then quiet, then the invariants. */
import { judge } from './judge.ts'
import type { PlantName } from './plants.ts'
import { scheduleOf, type Schedule } from './schedule.ts'
import type { ServerSource } from './servers.ts'
import { World } from './world.ts'

export interface SeedResult {
  readonly seed: number
  readonly steps: number
  /** Rows that were acknowledged. */
  readonly rows: number
  /** How often each fault of the line came to pass. */
  readonly faults: Readonly<Record<string, number>>
  readonly breaches: readonly string[]
  /** What was done, step by step. */
  readonly trace: readonly string[]
}

export async function runSeed(
  seed: number,
  servers: ServerSource,
  plant?: PlantName,
  schedule: Schedule = scheduleOf(seed),
): Promise<SeedResult> {
  const server = await servers.forSeed(seed)
  const world = await World.create(schedule, server, plant)
  try {
    await world.begin()
    await world.run()
    if (world.breaches.length === 0) await world.heal()
    if (world.breaches.length === 0) await judge(world)
  } catch (error) {
    world.breach(`crash: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  } finally {
    await world.close()
    await server.close()
  }
  return {
    seed,
    steps: schedule.steps.length,
    rows: world.ledger.rows,
    faults: Object.fromEntries(world.line.met),
    breaches: world.breaches,
    trace: world.trace,
  }
}
