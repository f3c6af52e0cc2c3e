/**
 * Lists of payloads that others keep: DOMPurify's own fixtures and the HTML5 Security Cheatsheet. Their licences are not
 * ours, so they are no part of the repository: they are read from `node_modules` where the package has them, from
 * `../shared/corpus/payloads`, or from the folder that `POSTERN_PAYLOADS` names.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')
const places = [
  process.env['POSTERN_PAYLOADS'],
  join(root, '../shared/corpus/payloads'),
  join(root, 'node_modules/dompurify/test/fixtures'),
].filter((place) => place !== undefined)

export interface Payload {
  readonly title: string
  readonly html: string
}

const lists = { 'DOMPurify, expect.mjs': 'expect.mjs', 'HTML5 Security Cheatsheet, items.js': 'items.js' } as const
export type PayloadList = keyof typeof lists
export const payloadLists = Object.keys(lists) as readonly PayloadList[]

/** Why a list cannot be read here; undefined where it can. */
export function whyNoPayloads(list: PayloadList): string | undefined {
  return pathOf(list) === undefined ? `there is no ${lists[list]} here; POSTERN_PAYLOADS names its folder` : undefined
}

export function readPayloads(list: PayloadList): readonly Payload[] {
  const path = pathOf(list)
  if (path === undefined) return []
  const items = valueOf(readFileSync(path, 'utf8'))
  const payloads = (Array.isArray(items) ? (items as unknown[]) : []).flatMap(payloadOf)
  if (payloads.length === 0) throw new Error(`${path} holds no payload`)
  return payloads
}

function pathOf(list: PayloadList): string | undefined {
  return places.map((place) => join(place, lists[list])).find((path) => existsSync(path))
}

/** The array that a file of data exports, evaluated without anything within its reach. */
function valueOf(source: string): unknown {
  const module = { exports: undefined as unknown }
  const code = source.replace(/^export default/m, 'module.exports =')
  runInContext(code, createContext({ module, exports: {} }), { timeout: 5_000 })
  return module.exports
}

/** DOMPurify's have `payload`; the cheatsheet's have `data`, with marks where an address is to stand. */
function payloadOf(item: unknown): Payload[] {
  const { title, payload, data, name } = item as {
    title?: string
    payload?: string
    data?: string
    name?: { en?: string }
  }
  const html = payload ?? filled(data)
  return typeof html === 'string' ? [{ title: title ?? name?.en ?? '', html }] : []
}

function filled(data: string | undefined): string | undefined {
  return data
    ?.replace(/%js_uri_alert%/g, 'javascript:self.__pwned=1')
    .replace(/%\w+_path%/g, 'http://canary.test/x')
    .replace(/%(?:js|html)_\w+%/g, 'self.__pwned=1')
}
