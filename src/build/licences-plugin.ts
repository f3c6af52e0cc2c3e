import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
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
  /** Modules of scripts that this build ships inside others. */
  readonly alsoShipped: () => Promise<readonly string[]>
}

/**
 * `virtual:licences` has the notice of every package of which something stands in a script of the build: nothing that is
 * shipped can be forgotten, and nothing stands there that is not. Without a build (dev, tests) it lists what package.json
 * depends on.
 */
export function licencesPlugin({ own, alsoShipped }: Options): Plugin {
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
    async renderChunk(code, _chunk, _options, { chunks }) {
      if (!inQuotes.test(code)) return null
      const modules = Object.values(chunks)
        .flatMap(({ moduleIds }) => moduleIds)
        .concat(await alsoShipped())
      const list = shippedPackages(modules).map((name) => read(root, name, modules))
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

function read(root: string, name: string, modules: readonly string[] = []): Licence {
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
    // A choice stands in brackets there.
    licence: (metadata.license ?? '').replace(/^\((.*)\)$/, '$1'),
    text: [join(directory, file), ...noticesBeside(modules.filter((module) => packageOf(module) === name))]
      .map((path) => readFileSync(path, 'utf8').trim())
      .join('\n\n'),
  }
}

/** Of what a package itself took in: `wasm/LICENSE_OPENJPEG` for `wasm/openjpeg_….js`. */
function noticesBeside(modules: readonly string[]): readonly string[] {
  return modules.flatMap((module) => {
    const part = /^[a-z0-9]+(?=_)/i.exec(basename(module))?.[0].toUpperCase()
    if (part === undefined) return []
    const notices = readdirSync(dirname(module)).filter((entry) => /^LICENSE_/.test(entry))
    return notices.filter((entry) => entry.split('_').includes(part)).map((entry) => join(dirname(module), entry))
  })
}
