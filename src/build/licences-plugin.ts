import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const id = 'virtual:licences'
/** Stands in the module's code until it is known what the build ships. */
const mark = 'postern:licences'
const inQuotes = new RegExp(`(["'\`])${mark}\\1`)

interface Licence {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}

interface Options {
  /** Postern's own licence. */
  readonly own: string
}

/**
 * `virtual:licences` has the notice of every package of which something stands in a script of the build: nothing that is
 * shipped can be forgotten, and nothing stands there that is not. Without a build (dev, tests) it lists what package.json
 * depends on.
 */
export function licencesPlugin({ own }: Options): Plugin {
  let root = process.cwd()
  let isBuild = false
  return {
    name: 'postern:licences',
    configResolved(config) {
      root = config.root
      isBuild = config.command === 'build'
    },
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load(resolved) {
      if (resolved !== `\0${id}`) return null
      const list = isBuild ? JSON.stringify(mark) : JSON.stringify(dependencies(root).map((name) => read(root, name)))
      return `export const own = ${JSON.stringify(own)}\nexport const licences = ${list}\n`
    },
    renderChunk(code, _chunk, _options, { chunks }) {
      if (!inQuotes.test(code)) return null
      const modules = Object.values(chunks).flatMap(({ moduleIds }) => moduleIds)
      const list = shippedPackages(modules).map((name) => read(root, name))
      return { code: code.replace(inQuotes, () => JSON.stringify(list)), map: null }
    },
  }
}

/** Names of the packages that these modules come from, in the order of the alphabet. */
export function shippedPackages(modules: readonly string[]): readonly string[] {
  return [...new Set(modules.flatMap((module) => packageOf(module) ?? []))].sort()
}

function packageOf(module: string): string | undefined {
  // What Vite and its bundler add of their own is theirs, and an icon is Lucide's.
  if (/^\0?(?:virtual:icon\/)/.test(module)) return 'lucide-static'
  if (/^\0?vite\//.test(module)) return 'vite'
  if (/^\0?rolldown\//.test(module)) return 'rolldown'
  return /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1]
}

function dependencies(root: string): readonly string[] {
  const { dependencies: listed } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  return Object.keys(listed)
}

function read(root: string, name: string): Licence {
  const directory = join(root, 'node_modules', name)
  const metadata = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
    version: string
    license?: string
  }
  const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry))
  if (file === undefined) throw new Error(`${name} is shipped, but its package has no licence file to show in About.`)
  return {
    name,
    version: metadata.version,
    licence: metadata.license ?? '',
    text: readFileSync(join(directory, file), 'utf8').trim(),
  }
}
