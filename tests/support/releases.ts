/** Later releases of the built app, made from it without building: another name and another mark for everything. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtDirectory } from '../../src/build/build-app.ts'

export interface Release {
  readonly directory: string
  /** What its page says of its build. */
  readonly mark: string
  remove(): void
}

/**
 * A copy whose hashed files all bear other names, as after a change that reaches everything: a page of the build before
 * finds none of its files on the server. `name` is a letter or digit.
 */
export function makeRelease(name: string): Release {
  const directory = mkdtempSync(join(tmpdir(), 'postern-release-'))
  cpSync(builtDirectory, directory, { recursive: true, filter: (path) => !/\.(?:br|gz|map)$/.test(path) })
  const assets = join(directory, 'assets')
  const renamed = readdirSync(assets).map((file): [from: string, to: string] => [
    file,
    // the hash is the seven signs before the ending, and none of its own has a dot
    file.replace(/-.{7}(?=\.\w+$)/, (hash) => `-${name}.${hash.slice(3)}`),
  ])
  if (renamed.some(([from, to]) => from === to)) throw new Error('A file in assets/ does not end in a hash.')
  for (const [from, to] of renamed) renameSync(join(assets, from), join(assets, to))
  const version = name.repeat(12)
  const mark = `release ${name}`
  for (const file of ['index.html', 'sw.js', ...renamed.map(([, to]) => `assets/${to}`)]) {
    const path = join(directory, file)
    let text = readFileSync(path, 'utf8')
    for (const [from, to] of renamed) text = text.replaceAll(from, to)
    if (file === 'sw.js') text = text.replaceAll(versionOf(text), version)
    if (file === 'index.html') text = text.replace(/(name="postern" content=")[^"]*/, `$1${mark}`)
    writeFileSync(path, text)
  }
  return { directory, mark, remove: () => rmSync(directory, { recursive: true }) }
}

/** A release whose databases have one migration more, which has nothing to do. */
export function makeNewSchema(): Release {
  const release = makeRelease('1')
  const assets = join(release.directory, 'assets')
  const opening = /indexedDB\.open\((\w+),(\w+)\)/
  const file = readdirSync(assets).find((name) => opening.test(readFileSync(join(assets, name), 'utf8')))
  if (file === undefined) throw new Error('No script opens a database.')
  const path = join(assets, file)
  const text = readFileSync(path, 'utf8')
  const next = text.replace(opening, 'indexedDB.open($1,$1.startsWith("postern/")?$2+1:$2)')
  writeFileSync(path, next)
  // Tabs of the old build find their parts, as its service worker would have them.
  cpSync(join(builtDirectory, 'assets'), assets, { recursive: true })
  return release
}

/** The version in the name of the cache that a service worker fills. */
export function versionOf(script: string): string {
  const version = /postern-shell-[\s\S]*?([`'"])([0-9a-f]{12})\1/.exec(script)?.[2]
  if (version === undefined) throw new Error('The built service worker names no version.')
  return version
}
