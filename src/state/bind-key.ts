/** Which keys a reader may choose for a command, and what comes of it. */
import { keyNow, type ChosenKeys } from './chosen-keys.ts'
import { commands, type Command } from './commands.ts'
import type { KeyPress } from './contexts.ts'

/** A command whose key may be another. */
export type Changeable = Command & { readonly key: string }

export type KeyProblem =
  /** It belongs to the browser, the system or assistive technology, or moves about. */
  | { readonly kind: 'reserved' }
  /** This is what it does. */
  | { readonly kind: 'taken'; readonly by: Command }
  /** It begins, or begins with, the key of this. */
  | { readonly kind: 'begins'; readonly by: Command }

/** With Ctrl or ⌘: what browsers keep to themselves, and what every page has: copying, finding, printing, size, tabs. */
const BROWSERS = 'acdfghjklmnopqrstuvwxz0123456789+-=,'

export const changeable: readonly Changeable[] = commands.filter(
  (command): command is Changeable => command.key !== undefined,
)

/** How a press is bound; undefined for one that is no key of its own (Shift alone), or that is never ours. */
export function pressedKey({ key, ctrl, meta, alt, shift }: KeyPress): string | undefined {
  if (alt || key.length !== 1 || key === ' ') return undefined
  if (!ctrl && !meta) return key
  return `Mod+${shift ? 'Shift+' : ''}${key.toLowerCase()}`
}

/** What stands against a key for a command; undefined for nothing. */
export function keyProblem(pressed: string, of: Changeable, chosen: ChosenKeys): KeyProblem | undefined {
  if (isReserved(pressed)) return { kind: 'reserved' }
  const others = boundKeys(chosen).filter(({ command }) => command !== of)
  const taken = others.find(({ key }) => key === pressed)
  if (taken) return { kind: 'taken', by: taken.command }
  const near = others.find(({ key }) => key.startsWith(`${pressed} `) || pressed.startsWith(`${key} `))
  return near && { kind: 'begins', by: near.command }
}

/** Shift makes other keys of these in some browsers, and opens windows in most. */
function isReserved(pressed: string): boolean {
  return pressed.startsWith('Mod+') && (pressed.startsWith('Mod+Shift+') || BROWSERS.includes(pressed.slice(4)))
}

function boundKeys(chosen: ChosenKeys): readonly { readonly command: Command; readonly key: string }[] {
  return commands.flatMap((command) => {
    const { key, also = [] } = command
    const pressed = key === undefined ? undefined : keyNow(chosen, key)
    return [...(pressed === undefined ? [] : [pressed]), ...also].map((each) => ({ command, key: each }))
  })
}

/** As it is stored once a command has this key, or none; what has its own again is not stored. */
export function withKey(chosen: ChosenKeys, of: Changeable, pressed: string | undefined): ChosenKeys {
  const now = new Map(changeable.map(({ key }) => [key, key === of.key ? pressed : keyNow(chosen, key)]))
  const moved = [...now].filter(([own, key]) => own !== key)
  return Object.fromEntries([
    ...moved.map(([own]) => [own, ''] as const),
    ...moved.flatMap(([own, key]) => (key === undefined ? [] : [[key, own] as const])),
  ])
}

/** Whether a command has another key than it came with. */
export function isMoved(chosen: ChosenKeys, { key }: Changeable): boolean {
  return keyNow(chosen, key) !== key
}
