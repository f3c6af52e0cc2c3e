/**
 * The app as an application that Stalwart serves under a path of its own (stalwart.md §2.3, C). It knows few types, sends
 * no policy and keeps all but index.html for a year; it moves the page by rewriting `<base href="/">`. So there the page is
 * guarded by its `<meta>` alone, and whatever may change under the same name is asked for by its content.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDeployment, policyOf } from './deployment.ts'
import { shortHash } from './frame-plugin.ts'
import { withOrigins, type HeaderTable } from './headers-plugin.ts'
import { servedFiles } from './served-files.ts'
import { withShellVersion } from './shell-version.ts'

/** The types that Stalwart has a name for; anything else would come as a download. */
const known = /\.(?:html|css|wasm|js|json|png|svg|ico)$/

/** The files by their paths, index.html at the root. `config` is the text of a config.json, checked here. */
export function hostedFiles(built: string, config?: string): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  for (const path of servedFiles(built)) if (known.test(path)) files.set(path, readFileSync(join(built, path)))
  const given = config ?? builtConfig(built)
  const { frameHash, pdfHash } = JSON.parse(readFileSync(join(built, 'headers.json'), 'utf8')) as HeaderTable
  /** Where a file or place of the site's root is, told from the page's base. */
  const address = (path: string): string => {
    const content = files.get(path)
    if (content === undefined) return `./${path}`
    // names in assets/ say their content already
    return path.startsWith('assets/') ? path : `${path}?v=${shortHash(content)}`
  }
  files.set('config.json', bytes(given))
  files.set('manifest.json', bytes(JSON.stringify(moved(JSON.parse(text(files, 'manifest.json')), address), null, 2)))
  files.set('sw.js', bytes(withShellVersion(text(files, 'sw.js'), shortHash(given))))
  const inputs = { frameHash, pdfHash, ...policyOf(parseDeployment(given)), hasBase: true }
  const index = withOrigins(text(files, 'index.html'), inputs)
    .replace(/ (href|src)="\/([^"]*)"/g, (_all, name: string, path: string) => ` ${name}="${address(path)}"`)
    .replace(/(<meta http-equiv="Content-Security-Policy"[^>]*>)/, '$1\n    <base href="/" />')
  files.set('index.html', bytes(index))
  return files
}

/** A manifest whose addresses begin at the root, with each of them moved. */
function moved(value: unknown, address: (path: string) => string): unknown {
  if (typeof value === 'string') return value.startsWith('/') ? address(value.slice(1)) : value
  if (Array.isArray(value)) return value.map((item) => moved(item, address))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, moved(member, address)]))
}

function bytes(content: string): Uint8Array {
  return new TextEncoder().encode(content)
}

function text(files: ReadonlyMap<string, Uint8Array>, path: string): string {
  return new TextDecoder().decode(files.get(path))
}

function builtConfig(built: string): string {
  const path = join(built, 'config.json')
  return existsSync(path) ? readFileSync(path, 'utf8') : '{}\n'
}
