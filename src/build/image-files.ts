/**
 * The files of the container, laid out as they lie in it: what Caddy serves, its configuration, and the program that
 * checks the settings. `node src/build/package.ts --image DIR`, from the Dockerfile.
 */
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { withoutMetaPolicy, type HeaderTable } from './headers-plugin.ts'
import { caddySnippet } from './proxy-snippets.ts'
import { servedFiles } from './served-files.ts'
import { withShellVersion } from './shell-version.ts'

const sources = resolve(import.meta.dirname, '../../deploy/image')

/** `built` is a `dist/`; `target` becomes the root of the container's own layer. */
export function writeImageFiles(built: string, target: string): void {
  const web = join(target, 'srv/postern')
  for (const path of servedFiles(built)) cpSync(join(built, path), join(web, path), { preserveTimestamps: true })
  // The header says it all, and two policies would intersect: the page's own would keep out the servers of the settings.
  const index = withoutMetaPolicy(readFileSync(join(built, 'index.html'), 'utf8'))
  writeFileSync(join(web, 'index.html'), index)
  writeFileSync(join(web, 'index.html.br'), brotliCompressSync(index))
  writeFileSync(join(web, 'index.html.gz'), gzipSync(index, { level: 9 }))
  mkdirSync(join(web, 'told'))
  writeFileSync(join(web, 'told/manifest.json'), named(readFileSync(join(built, 'manifest.json'), 'utf8')))
  const worker = readFileSync(join(built, 'sw.js'), 'utf8')
  writeFileSync(join(web, 'told/sw.js'), withShellVersion(worker, `[[env "POSTERN_SETTINGS"]]`))

  const { frameHash, pdfHash } = JSON.parse(readFileSync(join(built, 'headers.json'), 'utf8')) as HeaderTable
  mkdirSync(join(target, 'etc/caddy'), { recursive: true })
  cpSync(join(sources, 'Caddyfile'), join(target, 'etc/caddy/Caddyfile'))
  // Caddy puts the settings' origins in as it reads this: deploy/image/postern has checked them
  const inputs = { frameHash, pdfHash, origins: ['{$POSTERN_CONNECT}'], pictures: '{$POSTERN_PICTURES}' }
  writeFileSync(join(target, 'etc/caddy/headers.caddy'), caddySnippet(inputs))
  mkdirSync(join(target, 'usr/local/bin'), { recursive: true })
  cpSync(join(sources, 'postern'), join(target, 'usr/local/bin/postern'))
  chmodSync(join(target, 'usr/local/bin/postern'), 0o755)
}

/** The manifest under the name that the settings give. */
function named(manifest: string): string {
  const found = manifest.replaceAll(/("(?:short_)?name": ")Postern"/g, '$1[[env "POSTERN_PRODUCT_NAME"]]"')
  if (found === manifest) throw new Error('manifest.json does not say its name.')
  return found
}
