/** The sync details of one account as sections of lines: for the page, and as text. */
import { syncDetails as t } from '../../i18n/en/sync-details.ts'
import { fileSize } from '../../i18n/file-size.ts'
import type { AccountStatus, Inspection } from '../../sync/engine-port.ts'

export interface ReportSection {
  readonly title: string
  readonly lines: readonly (readonly [name: string, value: string])[]
}

export interface ReportInput {
  readonly inspection: Inspection
  readonly status: AccountStatus
  readonly estimate: StorageEstimate | undefined
  /** Version and commit, as the build wrote them. */
  readonly build: string
}

export function syncReport({ inspection, status, estimate, build }: ReportInput): readonly ReportSection[] {
  const { states, queues, oldest, kept, epoch, schema, capabilities, requests, isLeading } = inspection
  return [
    {
      title: t.titles.versions,
      lines: [
        [t.build, build || t.none],
        [t.schema, String(schema)],
        [t.epoch, String(epoch)],
        [t.role, isLeading ? t.leader : t.follower],
        [t.capabilities, capabilities.join(', ') || t.none],
      ],
    },
    {
      title: t.titles.status,
      lines: [
        [t.phase, status.phase],
        [t.problem, status.problem?.kind ?? t.none],
        [t.lastPull, time(status.syncedAt)],
        [t.backfill, t.percent(status.backfill)],
      ],
    },
    { title: t.titles.states, lines: Object.entries(states).map(([type, end]) => [type, end ?? t.none]) },
    {
      title: t.titles.queues,
      lines: [
        ...Object.entries(queues).map(([name, count]) => [name, String(count)] as const),
        [t.oldest, time(oldest)],
      ],
    },
    {
      title: t.titles.kept,
      lines: [
        ...Object.entries(kept).map(([name, count]) => [name, String(count)] as const),
        [t.usage, estimate?.usage === undefined ? t.none : fileSize(estimate.usage)],
        [t.quota, estimate?.quota === undefined ? t.none : fileSize(estimate.quota)],
      ],
    },
    {
      title: t.titles.requests,
      lines: requests.map(({ at, methods, ms, status: http, failure, errors }) => [
        `${time(at)} ${methods.join(' ')}`,
        t.request(ms, [http ?? t.noAnswer, failure, ...errors].filter((part) => part !== undefined).join(' ')),
      ]),
    },
  ]
}

/** As a support case wants it: one moment for all zones. */
function time(ms: number | undefined): string {
  return ms === undefined ? t.none : new Date(ms).toISOString()
}

export function toText(title: string, sections: readonly ReportSection[]): string {
  const parts = sections.map((section) =>
    [section.title, ...section.lines.map(([name, value]) => `  ${name}: ${value}`)].join('\n'),
  )
  return [title, ...parts].join('\n\n')
}
