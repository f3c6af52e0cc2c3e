import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** Source maps are not among them: only developers ask for those. */
const compressible = /\.(?:html|js|css|svg|json)$/
const brotliAsync = promisify(brotliCompress)
const gzipAsync = promisify(gzip)

/** Writes `.br` and `.gz` beside each text file of `dist/`, so that a server compresses nothing while it serves. */
export function compressPlugin(): Plugin {
  let outDir = 'dist'
  return {
    name: 'postern:compress',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    // after the service worker, which is written by its own closeBundle
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const entries = readdirSync(outDir, { recursive: true, withFileTypes: true })
        const found = entries.filter((entry) => entry.isFile() && compressible.test(entry.name))
        await Promise.all(found.map((entry) => compress(join(entry.parentPath, entry.name))))
      },
    },
  }
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path)
  const [br, gz] = await Promise.all([
    brotliAsync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
    gzipAsync(bytes, { level: 9 }),
  ])
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)])
}
