/**
 * What an account's settings are as data: one entry for each setting with the time of its last change, so that two devices
 * that changed different things, or the same, come to the same end whatever the order. Pure.
 */

/** Without a value: as it was before anybody chose. */
export interface SettingEntry {
  readonly value?: unknown
  /** Milliseconds; later than that of the entry it was chosen over, whatever the device's clock says. */
  readonly at: number
}

/** By name: `readDelay`, `labels/KEYWORD`, `pictures/ADDRESS`. */
export type SettingEntries = Readonly<Record<string, SettingEntry>>

/** What the replica keeps of them, written by the engine. */
export interface KeptSettings {
  /** As the server's file has them. */
  readonly server: SettingEntries
  /** What the server has not, since it has no file store, or refuses it. */
  readonly here: SettingEntries
  readonly place: 'server' | 'device'
  /** Why on the device: no file store, refused, the file is of a newer Postern, or can be read by nobody. */
  readonly why?: 'none' | 'refused' | 'newer' | 'unreadable'
  /** The name under which a file that could not be read was set aside. */
  readonly setAside?: string
  readonly fileId?: string
  readonly blobId?: string
}

export const NO_SETTINGS: KeptSettings = { server: {}, here: {}, place: 'device' }

const FORMAT = 'postern-settings'
const VERSION = 1

/** For each name the later one; of two at the same time always the same one, whoever asks. */
export function mergeSettings(...all: readonly SettingEntries[]): SettingEntries {
  const merged = new Map<string, SettingEntry>()
  for (const [name, entry] of all.flatMap((entries) => Object.entries(entries))) {
    const known = merged.get(name)
    if (!known || isLater(entry, known)) merged.set(name, entry)
  }
  return Object.fromEntries([...merged].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function isLater(entry: SettingEntry, known: SettingEntry): boolean {
  if (entry.at !== known.at) return entry.at > known.at
  return textOf(entry.value) > textOf(known.value)
}

function textOf(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value)
}

export function areSameSettings(a: SettingEntries, b: SettingEntries): boolean {
  return textOf(mergeSettings(a)) === textOf(mergeSettings(b))
}

/** A choice made now, over what is known. */
export function chosenNow(known: SettingEntry | undefined, value: unknown, now: number): SettingEntry {
  return { ...(value !== undefined && { value }), at: Math.max(now, (known?.at ?? 0) + 1) }
}

/** The file's text. Lines, since people may look at it. */
export function writeSettingsFile(settings: SettingEntries): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, settings: mergeSettings(settings) }, null, 1)}\n`
}

/** What a file says; `newer`: one that this version must not write. */
export function readSettingsFile(text: string | undefined): SettingEntries | 'newer' | 'unreadable' {
  const file = parsed(text)
  if (file?.['format'] !== FORMAT || typeof file['version'] !== 'number') return 'unreadable'
  if (file['version'] > VERSION) return 'newer'
  const { settings } = file
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return 'unreadable'
  return readEntries(settings)
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    return Object(JSON.parse(text ?? '')) as Record<string, unknown>
  } catch {
    return undefined
  }
}

/** Without trusting it: what is no entry is left out. A time that no clock can have come to would never be changed again. */
function readEntries(settings: object): SettingEntries {
  const entries = Object.entries(settings as Record<string, unknown>).flatMap(([name, entry]) => {
    const { at, ...rest } = Object(entry) as Record<string, unknown>
    const value = Object.hasOwn(rest, 'value') ? { value: rest['value'] } : {}
    const isEntry = typeof at === 'number' && Number.isSafeInteger(at) && at >= 0 && at < LAST_AT
    return isEntry ? [[name, { ...value, at }] as const] : []
  })
  return mergeSettings(Object.fromEntries(entries))
}

/** In the year 2200. */
const LAST_AT = 7_258_118_400_000
