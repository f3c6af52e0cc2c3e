/** Starts an engine with its sinks, and proves that its counters move. */
import { existsSync, readFileSync } from 'node:fs'
import { controlled, runControl } from './control.ts'
import type { Counts } from './counts.ts'
import { openEngine, type Engine, type OpenedEngine } from './engines.ts'
import type { HostileReport } from './report.ts'
import { openSink, type Sink } from './sink.ts'

export interface StartedEngine extends OpenedEngine {
  readonly sinks: readonly Sink[]
  /** Counters that the control moved. */
  readonly moved: Counts
  end(): Promise<void>
}

/** An engine whose counters were seen to move; null where there is none, which the report says. */
export async function startEngine(engine: Engine, url: string, report: HostileReport): Promise<StartedEngine | null> {
  const sinks = await openSinks(engine)
  const closeSinks = (): Promise<unknown> => Promise.all(sinks.map((sink) => sink.close()))
  const opened = await openEngine(engine, sinks[0]?.port ?? 0, new URL(url).host)
  if (opened === null) {
    report.incomplete.push(`${engine} cannot be driven here`)
    await closeSinks()
    return null
  }
  const moved = await runControl(opened.page, sinks)
  const still = controlled.filter((name) => moved[name] === 0)
  report.incomplete.push(...still.map((name) => `${engine}: the control did not move ${name}`))
  const end = async (): Promise<void> => {
    await opened.close().catch(() => undefined)
    await closeSinks()
  }
  return { ...opened, sinks, moved, end }
}

/** Firefox maps names but keeps ports, so its sinks need those that the mails use. */
const portsOfMails = [9, 80, 443]

/** Why this user may not listen where Firefox looks for the hosts of the mails; undefined where it may. */
export function whyNoPorts(): string | undefined {
  if (process.getuid?.() === 0) return undefined
  const file = '/proc/sys/net/ipv4/ip_unprivileged_port_start'
  const first = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 1024
  return first <= Math.min(...portsOfMails)
    ? undefined
    : 'the sinks of Firefox listen on ports 9, 80 and 443, which only root may do here'
}

/** Chromium maps every name to one sink, and WebKit's proxy is one. */
export async function openSinks(engine: Engine): Promise<Sink[]> {
  if (engine !== 'firefox') return [await openSink()]
  const refusal = whyNoPorts()
  if (refusal !== undefined) throw new Error(refusal)
  return Promise.all(portsOfMails.map((port) => openSink(port)))
}
