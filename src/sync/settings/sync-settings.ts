/**
 * Brings an account's settings to the server's file and back: reads it where it is another than was read last, merges what
 * was chosen here, and writes it under the state in which it was read. Whatever goes wrong, a choice is in the outbox, in
 * what is kept here, or in the file; never in none of them (ADR 0023).
 */
import { JmapError } from '../../jmap/errors.ts'
import {
  areSameSettings,
  mergeSettings,
  NO_SETTINGS,
  type KeptSettings,
  type SettingEntries,
} from '../../mail/account-settings.ts'
import { isSettingsRow, type SettingsRow } from '../../mutations/set-settings.ts'
import type { WriteTx } from '../../replica/replica.ts'
import type { AccountContext } from '../account-context.ts'
import { requeue } from '../outbox-claims.ts'
import { Deposed, MethodFailure, Stopped } from '../sync-errors.ts'
import { findFile, hasFileStore, readFile, setAside, writeFile, type Place } from './settings-file.ts'

/** Somebody else writes at the same time, again and again. */
const TRIES = 4

export interface SettingsOutcome {
  /** Of the file store, as it was left; undefined: there is none, or it cannot be used now. */
  readonly state: string | undefined
  /** Something waits: try later. */
  readonly hasRetry: boolean
}

/** Runs in the lane. */
export async function syncSettings(ctx: AccountContext): Promise<SettingsOutcome> {
  const { rows, kept } = await claim(ctx)
  const wanted = mergeSettings(kept.here, ...rows.map(({ mutation }) => mutation.entries))
  if (!hasFileStore(ctx)) {
    await settle(ctx, rows, { server: kept.server, here: wanted, place: 'device', why: 'none' })
    return { state: undefined, hasRetry: false }
  }
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const state = await exchange(ctx, { rows, kept, wanted })
      if (state !== undefined) return { state, hasRetry: false }
    }
    await requeue(ctx, rows)
    return { state: undefined, hasRetry: true }
  } catch (error) {
    if (error instanceof Stopped || error instanceof Deposed) throw error
    if (!isRefusal(error)) {
      await requeue(ctx, rows)
      throw error
    }
    ctx.deps.log.info('settings stay on the device', error)
    await settle(ctx, rows, { ...kept, here: wanted, place: 'device', why: 'refused' })
    return { state: undefined, hasRetry: false }
  }
}

/** The server has answered, and does not let us. Without an answer nothing is known. */
function isRefusal(error: unknown): boolean {
  if (error instanceof MethodFailure) return true
  return error instanceof JmapError && (error.kind === 'protocol' || error.kind === 'server')
}

interface Asked {
  readonly rows: readonly SettingsRow[]
  readonly kept: KeptSettings
  readonly wanted: SettingEntries
}

/** One look, and one write where there is something to write. The store's state; undefined: something moved meanwhile. */
async function exchange(ctx: AccountContext, { rows, kept, wanted }: Asked): Promise<string | undefined> {
  const place = await findFile(ctx, kept.fileId)
  const { file } = place
  const isKnown = file !== undefined && file.blobId === kept.blobId && kept.place === 'server'
  const said = file === undefined ? {} : isKnown ? kept.server : await readFile(ctx, file)
  if (said === 'newer') {
    await settle(ctx, rows, { ...kept, here: wanted, place: 'device', why: 'newer' })
    return place.state
  }
  if (said === 'unreadable') return replace(ctx, { rows, kept, wanted }, place)
  const noted = await noteOf(ctx)
  // A file that was taken away is written again: it held what is known here.
  const merged = mergeSettings(said, file ? {} : kept.server, wanted)
  if (areSameSettings(merged, said)) {
    await settle(ctx, rows, { server: said, here: {}, place: 'server', ...noted, ...idsOf(file) })
    return place.state
  }
  const written = await writeFile(ctx, place, merged)
  if (written === 'moved') return undefined
  await settle(ctx, rows, { server: merged, here: {}, place: 'server', ...noted, ...idsOf(written.file) })
  return written.state
}

/** What nobody can read is set aside under another name, once there is something to write in its place. */
async function replace(ctx: AccountContext, { rows, kept, wanted }: Asked, place: Place): Promise<string | undefined> {
  const here = mergeSettings(kept.server, wanted)
  if (Object.keys(here).length === 0) {
    await settle(ctx, rows, { server: {}, here, place: 'device', why: 'unreadable' })
    return place.state
  }
  const name = await setAside(ctx, place)
  // Noted before anything is written in its place.
  if (name !== undefined) await settle(ctx, [], { ...kept, setAside: name })
  return undefined
}

async function noteOf(ctx: AccountContext): Promise<Pick<KeptSettings, 'setAside'>> {
  const name = (await ctx.replica.settings())?.setAside
  return name === undefined ? {} : { setAside: name }
}

function idsOf(file: { readonly id: string; readonly blobId: string } | undefined): Partial<KeptSettings> {
  return file ? { fileId: file.id, blobId: file.blobId } : {}
}

/** Takes the rows that wait, and the list of an older build, which knew no file. */
async function claim(ctx: AccountContext): Promise<{ rows: readonly SettingsRow[]; kept: KeptSettings }> {
  return ctx.write({}, async (tx) => {
    const rows = (await tx.outbox()).filter(isSettingsRow).filter(({ status }) => status === 'queued')
    for (const row of rows) await tx.putOutbox({ ...row, status: 'sending', attempts: row.attempts + 1 })
    const known = (await tx.kept.get('meta', 'settings'))?.settings ?? NO_SETTINGS
    return { rows, kept: await withOldSenders(tx, known) }
  })
}

/** Chosen before any time was noted: whatever else is said of them is later. */
async function withOldSenders(tx: WriteTx, kept: KeptSettings): Promise<KeptSettings> {
  const addresses = (await tx.kept.get('meta', 'pictureSenders'))?.addresses
  if (!addresses) return kept
  const old = Object.fromEntries(addresses.map((address) => [`pictures/${address}`, { value: true, at: 0 }]))
  const next = { ...kept, here: mergeSettings(kept.here, old) }
  tx.putSettings(next)
  tx.kept.delete('meta', 'pictureSenders')
  return next
}

async function settle(ctx: AccountContext, rows: readonly SettingsRow[], settings: KeptSettings): Promise<void> {
  const known = await ctx.replica.settings()
  // Nothing new: nobody is told.
  if (rows.length === 0 && JSON.stringify(known) === JSON.stringify(settings)) return
  await ctx.write({}, async (tx) => {
    tx.putSettings(settings)
    await tx.deleteOutbox(rows.map(({ id }) => id))
  })
}
