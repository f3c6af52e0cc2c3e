/** The keys of a command, as they are written. */
import { keyPath, type KeyPath } from '../../i18n/key-caps.ts'
import type { Command } from '../../state/commands.ts'

/** All that do the same; of a row of keys the first, and the end of the last. */
export function keyPaths({ key, also = [], native = [], isRange }: Command, apple: boolean): readonly KeyPath[] {
  const all = [...(key ? [key] : []), ...also, ...native]
  const [first, last] = [all[0], all.at(-1)]
  if (isRange && first && last) return [keyPath(first, apple), keyPath(last, apple).slice(-1)]
  return all.map((key) => keyPath(key, apple))
}
