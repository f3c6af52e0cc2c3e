/** One JMAP API request (RFC 8620 §3): checked, its calls run in order, its references resolved. */
import type { Directory } from './directory.ts'
import { MethodError, RequestError, limitError } from './errors.ts'
import type { FaultSwitch } from './faults.ts'
import type { Args } from './methods/arguments.ts'
import { isObject } from './methods/arguments.ts'
import type { Answer, Method, MethodContext } from './methods/context.ts'
import { methodNamed } from './methods/registry.ts'
import type { Limits } from './options.ts'
import type { Personality } from './personality.ts'
import { resolveReferences } from './result-reference.ts'
import type { Response as MethodResponse } from './result-reference.ts'

export interface ApiDeps {
  readonly personality: Personality
  readonly limits: Limits
  readonly directory: Directory
  readonly faults: FaultSwitch
  readonly username: string
  readonly sessionState: string
  now(): number
}

interface ApiRequest {
  readonly using: readonly string[]
  readonly methodCalls: readonly (readonly [string, Record<string, unknown>, string])[]
  readonly createdIds: Readonly<Record<string, unknown>> | null
}

const ERROR = 'urn:ietf:params:jmap:error:'

/** The methods of a request body, for faults and logs; empty when it is none. */
export function methodNames(text: string): readonly string[] {
  try {
    return readRequest(JSON.parse(text) as unknown)?.methodCalls.map(([name]) => name) ?? []
  } catch {
    return []
  }
}

export function runApiRequest(deps: ApiDeps, text: string): Record<string, unknown> {
  const request = checkedRequest(deps, text)
  const createdIds = new Map<string, string>()
  for (const [key, id] of Object.entries(request.createdIds ?? {})) if (typeof id === 'string') createdIds.set(key, id)
  const context: MethodContext = { ...deps, createdIds, now: () => deps.now() }
  const methodResponses: MethodResponse[] = []
  for (const [name, args, callId] of request.methodCalls) {
    for (const [answerName, answer] of call(deps, context, request.using, name, args, methodResponses)) {
      methodResponses.push([answerName, answer, callId])
    }
  }
  return {
    methodResponses,
    ...(request.createdIds && { createdIds: Object.fromEntries(createdIds) }),
    sessionState: deps.sessionState,
  }
}

function call(
  deps: ApiDeps,
  context: MethodContext,
  using: readonly string[],
  name: string,
  args: Args,
  responses: readonly MethodResponse[],
): readonly (readonly [string, Record<string, unknown>])[] {
  try {
    const fault = deps.faults.methodFault(name)
    if (fault) throw new MethodError(fault.type, fault.description)
    const registered = methodNamed(name, deps.personality.name)
    if (!registered || !deps.personality.capabilities.includes(registered.capability)) {
      throw new MethodError('unknownMethod', deps.personality.name === 'stalwart' ? name : undefined)
    }
    if (!using.includes(registered.capability)) {
      throw new MethodError(
        'unknownMethod',
        `Method ${name} requires capability ${registered.capability} which is not present in the "using" property.`,
      )
    }
    const resolved = resolveReferences(args, responses, deps.personality.referenceError)
    const answer = registered.method(context, resolved)
    const answers: readonly Answer[] = isAnswers(answer) ? answer : [[name, answer]]
    return deps.personality.omitsNullResults ? answers.map(withoutNullResults) : answers
  } catch (error) {
    if (!(error instanceof MethodError)) throw error
    return [['error', { ...error.toJSON() }]]
  }
}

function isAnswers(answer: ReturnType<Method>): answer is readonly Answer[] {
  return Array.isArray(answer)
}

/** Stalwart leaves out what the RFC has as null in the answer to a /set. */
function withoutNullResults([name, args]: Answer): Answer {
  if (!/\/(?:set|import|copy)$/.test(name)) return [name, args]
  return [name, Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null))]
}

function checkedRequest(deps: ApiDeps, text: string): ApiRequest {
  const { personality, limits } = deps
  // Stalwart repeats what it was sent, and calls all of these notRequest (M19).
  const refuse = (type: string, detail: string): RequestError =>
    personality.name === 'stalwart'
      ? new RequestError(400, { type: `${ERROR}notRequest`, status: 400, detail: text })
      : new RequestError(400, { type: `${ERROR}${type}`, status: 400, detail })
  if (Buffer.byteLength(text) > limits.maxSizeRequest) {
    throw limitError('maxSizeRequest', 'The request is larger than the server is willing to process.')
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw refuse('notJSON', 'The content of the request did not parse as JSON.')
  }
  const request = readRequest(json)
  if (!request) throw refuse('notRequest', 'The request did not match the type signature of the Request object.')
  const unknown = request.using.find((capability) => !personality.capabilities.includes(capability))
  if (unknown !== undefined) throw refuse('unknownCapability', `The server does not support ${unknown}.`)
  if (request.methodCalls.length > limits.maxCallsInRequest) {
    throw limitError('maxCallsInRequest', 'The request exceeds the maximum number of calls in a single request.')
  }
  if (personality.name === 'cyrus') checkCyrusGet(request, limits)
  return request
}

/** Too many ids refuse the whole request there, not the one call. */
function checkCyrusGet(request: ApiRequest, limits: Limits): void {
  for (const [name, args] of request.methodCalls) {
    const ids = args['ids']
    if (name.endsWith('/get') && Array.isArray(ids) && ids.length > limits.maxObjectsInGet) {
      throw limitError('maxObjectsInGet', 'Too many ids.')
    }
  }
}

function readRequest(json: unknown): ApiRequest | null {
  if (!isObject(json)) return null
  const { using, methodCalls, createdIds = null } = json
  if (!Array.isArray(using) || !using.every((item) => typeof item === 'string')) return null
  if (!Array.isArray(methodCalls) || !methodCalls.every(isCall)) return null
  if (createdIds !== null && !isObject(createdIds)) return null
  return { using, methodCalls, createdIds }
}

function isCall(item: unknown): item is readonly [string, Record<string, unknown>, string] {
  return (
    Array.isArray(item) &&
    item.length === 3 &&
    typeof item[0] === 'string' &&
    isObject(item[1]) &&
    typeof item[2] === 'string'
  )
}
