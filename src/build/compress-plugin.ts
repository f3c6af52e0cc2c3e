import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const compressible = /\.(?:html|js|css|svg|json|map)$/

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
      handler() {
        for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
          if (entry.isFile() && compressible.test(entry.name)) compress(join(entry.parentPath, entry.name))
        }
      },
    },
  }
}

function compress(path: string): void {
  const bytes = readFileSync(path)
  // maps are for developers: not worth the slow setting
  const quality = path.endsWith('.map') ? 4 : 11
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }))
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
}
