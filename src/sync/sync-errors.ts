/** What ends a piece of the engine's work early, and which problem of the account's status it is. */
import { JmapError } from '../jmap/errors.ts'
import type { SyncProblem } from './engine-port.ts'

/** A call the work cannot do without answered a method error (RFC 8620 §3.6.2). */
export class MethodFailure extends Error {
  override readonly name = 'MethodFailure'
  readonly method: string
  readonly type: string
  constructor(method: string, type: string) {
    super(`${method}: ${type}`)
    this.method = method
    this.type = type
  }
}

/** Another leader has a newer epoch: this engine writes nothing more. */
export class Deposed extends Error {
  override readonly name = 'Deposed'
}

/** A guarded token moved under us: the answer is dropped and asked for again. */
export class Conflict extends Error {
  override readonly name = 'Conflict'
}

/** The engine was stopped while this was under way. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

export type Failure =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'deposed' }
  | { readonly kind: 'conflict' }
  /** No answer: the network is away, and it is tried again by itself. */
  | { readonly kind: 'offline' }
  /** `isFinal`: trying again by itself would be wrong (credentials) or useless. */
  | { readonly kind: 'problem'; readonly problem: SyncProblem; readonly isFinal: boolean }

/** One place that turns whatever was thrown into what the engine does next. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Stopped) return { kind: 'stopped' }
  if (error instanceof Deposed) return { kind: 'deposed' }
  if (error instanceof Conflict) return { kind: 'conflict' }
  if (error instanceof MethodFailure) {
    const isForbidden = error.type === 'forbidden' || error.type === 'accountNotFound'
    return { kind: 'problem', problem: { kind: isForbidden ? 'forbidden' : 'server' }, isFinal: false }
  }
  if (error instanceof JmapError) return fromJmapError(error)
  return { kind: 'problem', problem: { kind: 'storage' }, isFinal: false }
}

function fromJmapError({ kind, retryAfterMs }: JmapError): Failure {
  const retry = retryAfterMs === undefined ? {} : { retryInMs: retryAfterMs }
  switch (kind) {
    case 'network':
    case 'timeout':
      return { kind: 'offline' }
    case 'aborted':
      return { kind: 'stopped' }
    case 'unauthorized':
    case 'mfaRequired':
      return { kind: 'problem', problem: { kind: 'unauthorized' }, isFinal: true }
    default: {
      // A redirect, as the sign-in page of a network or a gate begins: something else answers in the server's place.
      const said = kind === 'limit' ? 'busy' : kind === 'origin' ? 'protocol' : kind
      return { kind: 'problem', problem: { kind: said, ...retry }, isFinal: false }
    }
  }
}
