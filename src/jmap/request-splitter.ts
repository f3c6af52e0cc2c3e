/**
 * Cuts a list of method calls into requests that keep the server's limits. A call is never parted from one that it
 * refers to, by result reference (RFC 8620 §3.7) or by creation id (§5.3): both hold within one request only. Most
 * lists fit as they are: this code is fetched for the first that does not.
 */
import { usingFor } from './capabilities.ts'
import { JmapError } from './errors.ts'
import { assemble, fits, octets, type RequestLimits, type RequestBody } from './request-body.ts'
import type { Invocation } from './types.ts'

interface Piece {
  readonly calls: readonly Invocation[]
  readonly texts: readonly string[]
  readonly size: number
}

/** Throws JmapError `limit` when calls that hang together are more than the server takes. */
export function splitRequest(
  calls: readonly Invocation[],
  limits: RequestLimits,
  offered: ReadonlySet<string>,
): readonly RequestBody[] {
  // `using` of a part is never longer than that of the whole.
  const frame = octets(`{"using":${JSON.stringify(usingFor(calls, offered))},"methodCalls":[]}`)
  const parts: Piece[] = []
  for (const piece of atoms(calls)) {
    if (!fits(piece.calls.length, frame + piece.size, limits)) throw overLimit(piece.calls.length, limits)
    const last = parts.at(-1)
    if (last && fits(last.calls.length + piece.calls.length, frame + last.size + 1 + piece.size, limits)) {
      parts[parts.length - 1] = join(last, piece)
    } else {
      parts.push(piece)
    }
  }
  return parts.map((part) => assemble(part.calls, offered, part.texts))
}

function join(a: Piece, b: Piece): Piece {
  return { calls: [...a.calls, ...b.calls], texts: [...a.texts, ...b.texts], size: a.size + 1 + b.size }
}

function overLimit(count: number, limits: RequestLimits): JmapError {
  const limit = count > limits.maxCallsInRequest ? 'maxCallsInRequest' : 'maxSizeRequest'
  return new JmapError('limit', 'Calls that hang together pass a limit of the server', { limit })
}

/** The shortest runs of calls between which no reference crosses; order is kept, since calls run in order. */
function atoms(calls: readonly Invocation[]): readonly Piece[] {
  const openUntil = calls.map((_call, index) => index)
  calls.forEach((call, index) => {
    const target = earliestReferred(calls, index, call)
    if (target < index) openUntil[target] = index
  })
  const pieces: Piece[] = []
  let current: Piece | undefined
  let end = -1
  calls.forEach((call, index) => {
    const text = JSON.stringify(call)
    const piece: Piece = { calls: [call], texts: [text], size: octets(text) }
    current = current ? join(current, piece) : piece
    end = Math.max(end, openUntil[index] ?? index)
    if (index < end) return
    pieces.push(current)
    current = undefined
  })
  return pieces
}

function earliestReferred(calls: readonly Invocation[], index: number, call: Invocation): number {
  const callIds = new Set<unknown>()
  const creationIds = new Set<string>()
  collectReferences(call[1], callIds, creationIds)
  const found = calls.findIndex(([, args, callId]) => callIds.has(callId) || createsOneOf(args, creationIds))
  return found === -1 ? index : Math.min(found, index)
}

function createsOneOf(args: Record<string, unknown>, creationIds: ReadonlySet<string>): boolean {
  const create = args['create']
  if (creationIds.size === 0 || typeof create !== 'object' || create === null) return false
  return Object.keys(create).some((id) => creationIds.has(id))
}

/** `#name: {resultOf}` is a result reference; any other key or string that begins with `#` may be a creation id. */
function collectReferences(value: unknown, callIds: Set<unknown>, creationIds: Set<string>): void {
  if (typeof value === 'string') {
    if (value.startsWith('#')) creationIds.add(value.slice(1))
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
    if (key.startsWith('#')) {
      creationIds.add(key.slice(1))
      if (typeof inner === 'object' && inner !== null && 'resultOf' in inner) callIds.add(inner.resultOf)
    }
    collectReferences(inner, callIds, creationIds)
  }
}
