/**
 * The file of an account's settings in the server's file store (FileNode, draft-ietf-jmap-filenode-14): `Postern/settings.json`.
 * Found by folder and name the first time and by its id afterwards. Filters may be passed over by the server (Stalwart does
 * so with those it does not know), so what comes is looked at again.
 */
import { readSettingsFile, writeSettingsFile, type SettingEntries } from '../../mail/account-settings.ts'
import type { JmapResponse } from '../../jmap/client.ts'
import type { AccountContext } from '../account-context.ts'
import { argsOf, idsIn, listIn, stateIn } from '../read-results.ts'
import { errorType, ownOf } from '../read-verdicts.ts'
import { MethodFailure } from '../sync-errors.ts'

const PREFIX = 'urn:ietf:params:jmap:'
const FOLDER = 'Postern'
const FILE = 'settings.json'
const TYPE = 'application/json'
const PROPERTIES = ['id', 'parentId', 'blobId', 'name', 'size'] as const
/** A larger one is not ours: it is neither fetched nor overwritten. */
const MAX_BYTES = 2_000_000
/** There is one of a name among siblings. */
const LIMIT = 20

export interface FoundFile {
  readonly id: string
  readonly blobId: string
  readonly size: number
}

/** What is there: the file, or the folder that it belongs in, or neither. */
export interface Place {
  readonly state: string
  readonly folderId?: string
  readonly file?: FoundFile
}

/** `moved`: something changed meanwhile, so all of it is to be looked at again. */
export type Written = { readonly file: FoundFile; readonly state: string } | 'moved'

export function hasFileStore({ deps }: AccountContext): boolean {
  const { client, accountId } = deps
  const own = client.session.accounts.find((account) => account.accountId === accountId)
  return ['filenode', 'blob'].every((name) => own?.capabilities.has(PREFIX + name))
}

export async function findFile(ctx: AccountContext, knownId: string | undefined): Promise<Place> {
  const known = knownId === undefined ? undefined : await getKnown(ctx, knownId)
  if (known?.file) return known
  const top = await query(ctx, { isTopLevel: true, name: FOLDER })
  const folder = top.nodes.find(
    (node) => node['name'] === FOLDER && (node['parentId'] ?? null) === null && !node['blobId'],
  )
  if (!folder) return { state: top.state }
  const inside = await query(ctx, { parentId: folder.id, name: FILE })
  const file = inside.nodes.find((node) => node['name'] === FILE && node['parentId'] === folder.id)
  const found = file && toFile(file)
  return { state: inside.state, folderId: folder.id, ...(found && { file: found }) }
}

type Node = Readonly<Record<string, unknown>> & { readonly id: string }

async function getKnown(ctx: AccountContext, id: string): Promise<Place> {
  const answer = argsOf(
    await ctx.request([ctx.call('FileNode/get', { ids: [id], properties: PROPERTIES }, 'get')]),
    'get',
  )
  const node = listIn(answer).find((each) => each.id === id && each['name'] === FILE)
  const file = node && toFile(node)
  return { state: demand(answer), ...(file && { file }) }
}

async function query(
  ctx: AccountContext,
  filter: Record<string, unknown>,
): Promise<{ readonly state: string; readonly nodes: readonly Node[] }> {
  const ids = { resultOf: 'query', name: 'FileNode/query', path: '/ids' }
  const response = await ctx.request([
    ctx.call('FileNode/query', { filter, limit: LIMIT }, 'query'),
    ctx.call('FileNode/get', { '#ids': ids, properties: PROPERTIES }, 'get'),
  ])
  argsOf(response, 'query')
  const answer = argsOf(response, 'get')
  return { state: demand(answer), nodes: listIn(answer) }
}

function toFile({ id, blobId, size }: Node & { blobId?: unknown; size?: unknown }): FoundFile | undefined {
  return typeof blobId === 'string' ? { id, blobId, size: typeof size === 'number' ? size : 0 } : undefined
}

function demand(answer: Record<string, unknown>): string {
  const state = stateIn(answer)
  if (state === undefined) throw new MethodFailure('FileNode/get', 'noState')
  return state
}

export async function readFile(
  ctx: AccountContext,
  { blobId, size }: FoundFile,
): Promise<SettingEntries | 'newer' | 'unreadable'> {
  if (size > MAX_BYTES) return 'unreadable'
  const response = await ctx.request([
    ctx.call('Blob/get', { ids: [blobId], properties: ['data:asText', 'size'] }, 'blob'),
  ])
  const answer = argsOf(response, 'blob')
  // It was replaced just now.
  if (idsIn(answer, 'notFound').includes(blobId)) throw new MethodFailure('Blob/get', 'notFound')
  const text = listIn(answer)[0]?.['data:asText']
  return readSettingsFile(typeof text === 'string' ? text : undefined)
}

/** Over the file that was found, or as a new one; in no case over what somebody else wrote since. */
export async function writeFile(ctx: AccountContext, place: Place, settings: SettingEntries): Promise<Written> {
  const text = writeSettingsFile(settings)
  const blobId = await uploadText(ctx, text)
  const size = text.length
  if (place.file) {
    const { id } = place.file
    const answer = await set(ctx, place.state, { update: { [id]: { blobId } } })
    if (answer === 'moved' || refusal(answer, 'notUpdated', id) === 'notFound') return 'moved'
    return { file: { id, blobId, size }, state: newState(answer) }
  }
  const file = { parentId: place.folderId ?? '#folder', name: FILE, type: TYPE, blobId }
  const folder = { parentId: null, name: FOLDER }
  const answer = await set(ctx, place.state, { create: place.folderId === undefined ? { folder, file } : { file } })
  if (answer === 'moved' || ['folder', 'file'].some((key) => refusal(answer, 'notCreated', key) === 'alreadyExists'))
    return 'moved'
  const { id } = (ownOf(answer['created'], 'file') ?? {}) as { readonly id?: unknown }
  if (typeof id !== 'string') throw new MethodFailure('FileNode/set', 'serverFail')
  return { file: { id, blobId, size }, state: newState(answer) }
}

/** Gives a file that cannot be read another name. The name; undefined where something changed meanwhile. */
export async function setAside(ctx: AccountContext, { state, file }: Place): Promise<string | undefined> {
  if (!file) return undefined
  const stamp = new Date(ctx.deps.clock.now()).toISOString().replace(/\D/g, '').slice(0, 14)
  const name = `settings-unreadable-${stamp}.json`
  const answer = await set(ctx, state, { update: { [file.id]: { name } } })
  return answer === 'moved' || refusal(answer, 'notUpdated', file.id) !== undefined ? undefined : name
}

async function uploadText(ctx: AccountContext, text: string): Promise<string> {
  const create = { file: { data: [{ 'data:asText': text }], type: TYPE } }
  const answer = argsOf(await ctx.request([ctx.call('Blob/upload', { create }, 'upload')]), 'upload')
  refusal(answer, 'notCreated', 'file')
  const { id } = (ownOf(answer['created'], 'file') ?? {}) as { readonly id?: unknown }
  if (typeof id !== 'string') throw new MethodFailure('Blob/upload', 'serverFail')
  return id
}

async function set(
  ctx: AccountContext,
  ifInState: string,
  changes: Record<string, unknown>,
): Promise<Record<string, unknown> | 'moved'> {
  const response: JmapResponse = await ctx.request([ctx.call('FileNode/set', { ifInState, ...changes }, 'set')])
  const result = response.result('set')
  if (!result.ok && result.type === 'stateMismatch') return 'moved'
  return argsOf(response, 'set')
}

const EXPECTED = new Set(['notFound', 'alreadyExists', 'invalidResultReference'])

/** The error that one record was refused with; what says nothing of a change meanwhile ends it. */
function refusal(answer: Record<string, unknown>, name: string, key: string): string | undefined {
  const error = ownOf(answer[name], key)
  if (error === undefined) return undefined
  const type = errorType(error)
  if (!EXPECTED.has(type)) throw new MethodFailure(name, type)
  return type
}

function newState(answer: Record<string, unknown>): string {
  return stateIn(answer, 'newState') ?? ''
}
