import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { build, type Plugin } from 'vite'

/** Not part of the shell: what only developers, servers or an online page ask for. */
const left = /\.(?:map|br|gz)$|^\/(?:headers|config)\.json$|^\/reader-open\.html$|^\/index\.html$|^\/sw\.js$/

/**
 * Not needed to read mail that is kept, so not worth the first minute of a first visit: links, files and details of letters, sign-ins
 * that keep nothing, sentences for sign-ins that fail, rows that this device does not hold, and what the engine does rarely
 * or first when somebody acts.
 */
const later =
  /^\/assets\/(?:text-links|ahead-parts|link-parts|file-parts|notice-parts|plain-parts|LetterDetails|private-mode|remote|sign-in-problems|sign-in-words|InsecureView|delete-database|push-outbox|far-rows|request-splitter|search-further|resync|token-refresh|ShortcutHelp|windows)-/

/** Builds `src/workers/service-worker.ts` as one classic script after the app, with the list of files it keeps. */
export function serviceWorkerPlugin(entry = 'src/workers/service-worker.ts'): Plugin {
  let outDir = 'dist'
  let root = process.cwd()
  return {
    name: 'postern:service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root
      outDir = resolve(root, config.build.outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const files = filesOf(outDir)
        const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12)
        // the shell is kept as `/`: some servers redirect `/index.html` there, and a redirect cannot answer a navigation
        const urls = ['/', ...files.map(([url]) => url).filter((url) => !left.test(url))]
        await build({
          configFile: false,
          root,
          logLevel: 'warn',
          publicDir: false,
          define: {
            __SHELL_FILES__: JSON.stringify(urls.filter((url) => !later.test(url))),
            __LATER_FILES__: JSON.stringify(urls.filter((url) => later.test(url))),
            __SHELL_VERSION__: JSON.stringify(version),
          },
          build: {
            outDir,
            emptyOutDir: false,
            minify: true,
            sourcemap: true,
            target: ['es2022', 'safari16.4'],
            rolldownOptions: { input: entry, output: { format: 'iife', entryFileNames: 'sw.js' } },
          },
        })
      },
    },
  }
}

/** Every file with a digest of its content: the version is another as soon as one byte is. */
function filesOf(directory: string): [url: string, digest: string][] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path): [string, string] => [
      '/' + relative(directory, path).split(sep).join('/'),
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1))
}
