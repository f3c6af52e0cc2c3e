import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** What lies beside the app for whoever sets up a server, and what only developers ask for. */
const notServed = /^headers\.|\.map$/

/** The files of a build that a browser may ask for, by their paths in it, with their compressed twins. */
export function servedFiles(built: string): string[] {
  return allFiles(built).filter((path) => !notServed.test(path))
}

/** Every file below a folder, by its path in it, in order. */
export function allFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}
