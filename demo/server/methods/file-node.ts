/**
 * FileNode (draft-ietf-jmap-filenode-14) as Stalwart has it, and of that what a client needs that keeps a file: nodes in a
 * tree, names that are unique among siblings, and a query that passes over the filters it does not know (stalwart.md §6.4).
 */
import { SetError } from '../errors.ts'
import type { Access } from '../access.ts'
import { blobOf } from '../blobs.ts'
import type { FileNode } from '../store/side-records.ts'
import { isObject, optionalObject, unsignedInteger, type Args } from './arguments.ts'
import { accessOf, resolveId, setArguments, stateOf, type MethodContext } from './context.ts'
import { attempt, setResults } from './email-set.ts'
import { get } from './get.ts'

const PROPERTIES = ['id', 'parentId', 'blobId', 'size', 'name', 'type', 'nodeType', 'created', 'modified', 'myRights']

export function fileNodeGet(context: MethodContext, args: Args): Record<string, unknown> {
  const { account } = accessOf(context, args)
  const nodes = account.side.fileNodes
  return get(context, args, {
    accountId: account.id,
    state: stateOf(account, 'FileNode'),
    properties: PROPERTIES,
    all: () => nodes.keys(),
    find: (id) => {
      const node = nodes.get(id)
      return node && { ...node, nodeType: node.blobId === null ? 'directory' : 'file', myRights: RIGHTS }
    },
  })
}

const RIGHTS = { mayRead: true, mayAddChildren: true, mayRename: true, mayDelete: true, mayModifyContent: true }

export function fileNodeQuery(context: MethodContext, args: Args): Record<string, unknown> {
  const { account } = accessOf(context, args)
  const filter = optionalObject(args, 'filter') ?? {}
  const limit = unsignedInteger(args, 'limit')
  const ids = [...account.side.fileNodes.values()]
    .filter((node) => matches(node, filter))
    .map(({ id }) => id)
    .slice(0, limit ?? undefined)
  return {
    accountId: account.id,
    queryState: stateOf(account, 'FileNode'),
    canCalculateChanges: false,
    position: 0,
    ids,
  }
}

function matches(node: FileNode, filter: Readonly<Record<string, unknown>>): boolean {
  const tests: Readonly<Record<string, (wanted: unknown) => boolean>> = {
    parentId: (wanted) => node.parentId === wanted,
    isTopLevel: (wanted) => (node.parentId === null) === wanted,
    name: (wanted) => node.name === wanted,
    nodeType: (wanted) => (node.blobId === null ? 'directory' : 'file') === wanted,
  }
  return Object.entries(filter).every(([name, wanted]) => tests[name]?.(wanted) ?? true)
}

export function fileNodeSet(context: MethodContext, args: Args): Record<string, unknown> {
  const access = accessOf(context, args)
  const { account } = access
  const nodes = account.side.fileNodes
  const oldState = stateOf(account, 'FileNode')
  const wanted = setArguments(context, args, oldState)
  const [created, updated]: Record<string, unknown>[] = [{}, {}]
  const [notCreated, notUpdated, notDestroyed]: Record<string, unknown>[] = [{}, {}, {}]
  const destroyed: string[] = []
  account.transact(() => {
    for (const [key, fields] of Object.entries(wanted.create)) {
      attempt(notCreated ?? {}, key, () => {
        const id = `f${String((account.side.fileNodeOrdinal += 1))}`
        const now = new Date(context.now()).toISOString()
        const empty: FileNode = {
          id,
          parentId: null,
          blobId: null,
          size: null,
          name: '',
          type: null,
          created: now,
          modified: now,
        }
        nodes.set(id, changed(context, access, empty, fields))
        context.createdIds.set(key, id)
        account.log.record('FileNode', id, 'created')
        Object.assign(created ?? {}, { [key]: { id } })
      })
    }
    for (const [id, patch] of Object.entries(wanted.update)) {
      attempt(notUpdated ?? {}, id, () => {
        const node = nodes.get(id)
        if (!node) throw new SetError('notFound')
        nodes.set(id, { ...changed(context, access, node, patch), modified: new Date(context.now()).toISOString() })
        account.log.record('FileNode', id, 'updated')
        Object.assign(updated ?? {}, { [id]: null })
      })
    }
    for (const id of wanted.destroy) {
      attempt(notDestroyed ?? {}, id, () => {
        if (!nodes.has(id)) throw new SetError('notFound')
        if ([...nodes.values()].some(({ parentId }) => parentId === id)) throw new SetError('nodeHasChildren')
        nodes.delete(id)
        account.log.record('FileNode', id, 'destroyed')
        destroyed.push(id)
      })
    }
  })
  const results = { created, updated, destroyed, notCreated, notUpdated, notDestroyed } as unknown as Record<
    string,
    string[]
  >
  return { accountId: account.id, oldState, newState: stateOf(account, 'FileNode'), ...setResults(results) }
}

/** `onExists` is `reject`, as it is by itself. */
function changed(context: MethodContext, access: Access, node: FileNode, patch: unknown): FileNode {
  if (!isObject(patch)) throw new SetError('invalidPatch')
  const nodes = access.account.side.fileNodes
  const next = { ...node }
  for (const [name, value] of Object.entries(patch)) {
    if (name === 'parentId' && (value === null || typeof value === 'string')) {
      next.parentId = value === null ? null : resolveId(context, value)
      if (next.parentId !== null && nodes.get(next.parentId)?.blobId !== null)
        throw new SetError('invalidProperties', undefined, { properties: ['parentId'] })
    } else if (name === 'blobId' && typeof value === 'string') {
      const blob = blobOf(access, value)
      if (!blob) throw new SetError('forbidden', `You do not have access to blobId ${value}.`)
      next.blobId = value
      next.size = blob.bytes.length
    } else if (name === 'name' && typeof value === 'string' && /^[^/<>:"\\|?*]{1,255}$/.test(value)) next.name = value
    else if (name === 'type' && typeof value === 'string') next.type = value
    else throw new SetError('invalidProperties', undefined, { properties: [name] })
  }
  const twin = [...nodes.values()].find(
    (other) => other.id !== node.id && other.parentId === next.parentId && other.name === next.name,
  )
  if (twin) throw new SetError('alreadyExists', undefined, { existingId: twin.id })
  return next
}
