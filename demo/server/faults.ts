/**
 * Faults by rule, as JSON so that `--faults FILE` can hold them. A rule says which requests it meets and what happens to
 * them; rules are tried in order and each applies on its own.
 */
import type { Random } from '../../src/platform/random.ts'
import { isObject } from './methods/arguments.ts'
import type { Limits } from './options.ts'

interface FaultMatch {
  /** Start of the path, such as `/jmap/` or `/auth/token`. */
  readonly path?: string
  /** A method in the request, such as `Email/changes`. */
  readonly method?: string
  /** Only the nth request that matches, from 1. */
  readonly nth?: number
  /** Every nth. */
  readonly every?: number
  /** In [0, 1]. */
  readonly probability?: number
}

export type FaultAction =
  /** The request never arrives. */
  | { readonly kind: 'dropBefore' }
  /** The server acts; the answer is lost. */
  | { readonly kind: 'dropAfter' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** It waits until the rule is taken away. */
  | { readonly kind: 'hold' }
  /** It arrives twice; the second answer is given. */
  | { readonly kind: 'duplicate' }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    }
  /** A proxy's page instead of JMAP. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The call of the rule's method fails alone. */
  | { readonly kind: 'methodError'; readonly type: string; readonly description?: string }
  /** The answer ends early. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** The body is this, whatever was asked. */
  | { readonly kind: 'body'; readonly body: string; readonly contentType?: string }
  | { readonly kind: 'limits'; readonly limits: Partial<Limits> }
  | { readonly kind: 'forgetChanges'; readonly accountId?: string }

export interface FaultRule {
  readonly match: FaultMatch
  readonly do: FaultAction
}

export interface FaultSwitch {
  add(rule: FaultRule): () => void
  clear(): void
  /** The faults of a request, each counted as met. */
  requestFaults(path: string, methods: readonly string[]): readonly FaultAction[]
  methodFault(method: string): { readonly type: string; readonly description?: string } | null
  /** Resolves once the rule of this action is taken away. */
  untilGone(action: FaultAction): Promise<void>
}

interface Armed {
  readonly rule: FaultRule
  met: number
  readonly gone: PromiseWithResolvers<void>
}

function arm(rule: FaultRule): Armed {
  return { rule, met: 0, gone: Promise.withResolvers() }
}

export function createFaultSwitch(random: Random, rules: readonly FaultRule[]): FaultSwitch {
  let armed: Armed[] = rules.map(arm)
  const applies = (one: Armed): boolean => {
    const { nth, every, probability } = one.rule.match
    one.met += 1
    if (nth !== undefined && one.met !== nth) return false
    if (every !== undefined && one.met % every !== 0) return false
    return probability === undefined || random.next() < probability
  }
  return {
    add(rule) {
      const one = arm(rule)
      armed.push(one)
      return () => {
        armed = armed.filter((other) => other !== one)
        one.gone.resolve()
      }
    },
    clear() {
      for (const { gone } of armed) gone.resolve()
      armed = []
    },
    requestFaults(path, methods) {
      const met = armed.filter(({ rule }) => {
        if (rule.do.kind === 'methodError') return false
        if (rule.match.path !== undefined && !path.startsWith(rule.match.path)) return false
        return rule.match.method === undefined || methods.includes(rule.match.method)
      })
      return met.filter(applies).map(({ rule }) => rule.do)
    },
    methodFault(method) {
      for (const one of armed) {
        const action = one.rule.do
        if (action.kind !== 'methodError') continue
        if (one.rule.match.method !== undefined && one.rule.match.method !== method) continue
        if (applies(one)) return action
      }
      return null
    },
    async untilGone(action) {
      await armed.find(({ rule }) => rule.do === action)?.gone.promise
    },
  }
}

const KINDS: Readonly<Record<FaultAction['kind'], readonly (readonly [name: string, type: string])[]>> = {
  dropBefore: [],
  dropAfter: [],
  delay: [['ms', 'number']],
  hold: [],
  duplicate: [],
  status: [['status', 'number']],
  html: [],
  methodError: [['type', 'string']],
  truncate: [['bytes', 'number']],
  body: [['body', 'string']],
  limits: [['limits', 'object']],
  forgetChanges: [],
}

/** Reads a faults file. Throws a sentence that names the rule and what is wrong with it. */
export function parseFaultRules(text: string): FaultRule[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error('The faults file is not JSON.')
  }
  if (!Array.isArray(json)) throw new Error('The faults file must hold an array of rules.')
  return json.map((rule: unknown, index) => {
    const where = `Fault rule ${index + 1}`
    if (!isObject(rule) || !isObject(rule['do'])) throw new Error(`${where} has no "do".`)
    const match = rule['match'] ?? {}
    if (!isObject(match)) throw new Error(`${where}: "match" must be an object.`)
    const { kind } = rule['do']
    if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) {
      throw new Error(`${where}: "do.kind" must be one of ${Object.keys(KINDS).join(', ')}.`)
    }
    for (const [name, type] of KINDS[kind as FaultAction['kind']]) {
      if (typeof rule['do'][name] !== type) throw new Error(`${where}: "do.${name}" must be a ${type}.`)
    }
    return { match, do: rule['do'] as unknown as FaultAction }
  })
}
