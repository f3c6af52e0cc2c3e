/** Why something of a conversation is not here, in the words that the catalogue knows. */
import type { PortError } from '../sync/engine-port.ts'

export type LoadProblem = 'offline' | 'unauthorized' | 'forbidden' | 'busy' | 'server' | 'gone' | 'unknown'

const problems: Readonly<Record<string, LoadProblem>> = {
  network: 'offline',
  timeout: 'offline',
  offline: 'offline',
  unauthorized: 'unauthorized',
  mfaRequired: 'unauthorized',
  forbidden: 'forbidden',
  origin: 'forbidden',
  busy: 'busy',
  limit: 'busy',
  server: 'server',
  protocol: 'server',
  notFound: 'gone',
  gone: 'gone',
}

/** Rejections of the port are PortErrors: data whose `kind` is all that may be read. */
export function loadProblem(error: unknown): LoadProblem {
  const kind = typeof error === 'object' && error !== null ? (error as Partial<PortError>).kind : undefined
  return (typeof kind === 'string' && Object.hasOwn(problems, kind) && problems[kind]) || 'unknown'
}
