import { resolve } from 'node:path'
import type { Plugin } from 'vite'

const id = 'virtual:sync-worker'

/**
 * The engine's worker as a chunk of the app's own build: what page and worker both need (the replica, the mail domain)
 * is loaded once, where Vite's `?worker` would bundle it a second time. `virtual:sync-worker` exports the script's URL.
 */
export function workerChunkPlugin(entry = 'src/workers/sync.worker.ts'): Plugin {
  let root = process.cwd()
  let isBuild = false
  return {
    name: 'postern:worker-chunk',
    configResolved(config) {
      root = config.root
      isBuild = config.command === 'build'
    },
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load(resolved) {
      if (resolved !== `\0${id}`) return null
      if (!isBuild) return `export default ${JSON.stringify(`/${entry}`)}`
      const reference = this.emitFile({ type: 'chunk', id: resolve(root, entry), name: 'sync.worker' })
      // the URL as it is on a host of its own
      return `import { basePath } from '/src/platform/base-path.ts'\nexport default basePath + import.meta.ROLLUP_FILE_URL_${reference}`
    },
  }
}
