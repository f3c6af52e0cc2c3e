/** What a run says on the screen: its tables, then a line for each failing mail and path, then the total. */
import { counters, type Counts } from './counts.ts'
import type { HostileReport } from './report.ts'

export function linesOf(report: HostileReport): readonly string[] {
  const { counts, incomplete, blind, coming, failures } = report
  return [
    ...drivenTable(report),
    ...countsTable(report),
    ...otherTable(report),
    ...Object.entries(coming).map(([action, mails]) => `to come: ${action}, asked for by ${mails} mails`),
    ...blind.map((line) => `not told: ${line}`),
    ...incomplete.map((line) => `incomplete: ${line}`),
    ...failures.map(({ file, engine, path, what }) => `${file} ${path} ${engine}: ${what}`),
    counters.map((name) => `${name} ${counts[name]}`).join(', '),
  ]
}

/** Mails led along each path, and what was done on it: links pressed, files opened, bytes of paper. */
function drivenTable({ engines, driven, done }: HostileReport): string[] {
  const rows = Object.entries(driven).map(([path, mails]) => [
    path,
    ...engines.flatMap((engine) => [`${mails[engine] ?? 0}`, `${done[path]?.[engine] ?? '-'}`]),
  ])
  return table(['mails, done', ...engines.flatMap((engine) => [engine, ''])], rows)
}

function countsTable({ engines, byPath, pathMs }: HostileReport): string[] {
  const cells = (counts: Counts): string[] => counters.map((name) => String(counts[name]))
  const rows = engines.flatMap((engine) =>
    Object.entries(byPath[engine] ?? {}).map(([path, counts]) => {
      const ms = pathMs[engine]?.[path]
      return [`${engine} ${path}`, ...cells(counts), ms === undefined ? '' : (ms / 1000).toFixed(1)]
    }),
  )
  return table(['counted', ...counters, 'seconds'], rows)
}

/** Spoofing mails (security S21), mails that are made to be slow (S25), and pictures that the reader allowed. */
function otherTable({ engines, truth, slowest, pictures, seconds }: HostileReport): string[] {
  const rows = engines.map((engine) => {
    const { mails = 0, seen = 0 } = truth[engine] ?? {}
    const slow = slowest.filter((mail) => mail.engine === engine)
    const worst = slow.toSorted((a, b) => b.nextMs - a.nextMs)[0]
    const shown = pictures[engine]
    return [
      engine,
      `${seen} of ${mails}`,
      String(slow.length),
      `${Math.max(0, ...slow.map(({ openMs }) => openMs))} ms`,
      worst ? `${worst.nextMs} ms (${worst.file})` : '-',
      `${shown?.letters ?? 0}, ${shown?.requests ?? 0}`,
      `${seconds[engine] ?? 0} s`,
    ]
  })
  const names = [
    '',
    'S21 seen',
    'S25 mails',
    'slowest to open',
    'slowest next action',
    'pictures: letters, requests',
    'took',
  ]
  return table(names, rows)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)))
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .concat('')
}
