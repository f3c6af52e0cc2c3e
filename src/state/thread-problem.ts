/** Why something of a conversation is not here, in the words that the catalogue knows. */
import type { PortError } from '../sync/engine-port.ts'

export type LoadProblem = 'offline' | 'unauthorized' | 'forbidden' | 'busy' | 'server' | 'gone' | 'unknown'

/** By problem, which other kinds of rejection it stands for. */
const kinds = Object.entries({
  offline: ['network', 'timeout'],
  unauthorized: ['mfaRequired'],
  forbidden: ['origin'],
  busy: ['limit'],
  server: ['protocol'],
  gone: ['notFound'],
})

/** Rejections of the port are PortErrors: data whose `kind` is all that may be read. */
export function loadProblem(error: unknown): LoadProblem {
  const kind = (error as Partial<PortError> | null | undefined)?.kind ?? ''
  return (kinds.find(([problem, others]) => problem === kind || others.includes(kind))?.[0] ?? 'unknown') as LoadProblem
}
