import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'

/** Not part of the shell: what only developers, servers or an online page ask for. */
const left =
  /\.(?:map|br|gz)$|^\/config\.json$|^\/headers\.|^\/reader-open\.html$|^\/index\.html$|^\/sw(?:-retire)?\.js$|^\/robots\.txt$/

/**
 * What reading kept mail and acting on it without a network needs, by the names of its chunks, each with all that it
 * imports: an opened letter is an action, too. Everything else is not worth
 * the first minute of a first visit: settings, links, files and menus of letters, the account's menu, sign-ins that
 * keep nothing, sentences for sign-ins that fail, rows that this device does not hold, and what the engine does rarely or first when somebody acts.
 */
const needed = new Set([
  'after-rows',
  'resting-parts',
  'conversation',
  'pending-overlay',
  'tree-overlay',
  'all-done',
  'act-parts',
])

/** Builds `src/workers/service-worker.ts` as one classic script after the app, with the list of files it keeps. */
export function serviceWorkerPlugin(entry = 'src/workers/service-worker.ts'): Plugin {
  let outDir = 'dist'
  let root = process.cwd()
  let early: ReadonlySet<string> = new Set()
  let isWritten = false
  const isLater = (url: string): boolean => /^\/assets\/(?!start-).*\.(?:js|css)$/.test(url) && !early.has(url)
  return {
    name: 'postern:service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root
      outDir = resolve(root, config.build.outDir)
    },
    generateBundle(_options, bundle) {
      early = neededFiles(bundle)
    },
    writeBundle() {
      isWritten = true
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        // After a build that failed, too: then its own error is to be read, not that its files are missing.
        if (!isWritten) return
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
            __SHELL_FILES__: JSON.stringify(urls.filter((url) => !isLater(url))),
            __LATER_LIST__: JSON.stringify(writeList(outDir, urls.filter(isLater))),
            __SHELL_VERSION__: JSON.stringify(version),
            __SHELL_ENTRY__: JSON.stringify(firstScript(outDir)),
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

/** Entries and what is needed beside them, with everything that these import at their start. */
function neededFiles(bundle: Rolldown.OutputBundle): ReadonlySet<string> {
  const found = new Set<string>()
  const add = (fileName: string): void => {
    const url = `/${fileName}`
    if (found.has(url)) return
    found.add(url)
    const file = bundle[fileName]
    if (file?.type !== 'chunk') return
    for (const imported of file.imports) add(imported)
    for (const style of file.viteMetadata?.importedCss ?? []) add(style)
  }
  const missing = new Set(needed)
  for (const file of Object.values(bundle)) {
    if (file.type !== 'chunk' || !(file.isEntry || needed.has(file.name))) continue
    missing.delete(file.name)
    add(file.fileName)
  }
  // Another name would only be found by who opens the app without a network, in its first minute.
  if (missing.size > 0) throw new Error(`The bundle has no ${[...missing].join(', ')}, which the shell keeps first.`)
  return found
}

/** The list is as long as the worker itself, and no first visit waits for it. Its name says its content. */
function writeList(outDir: string, urls: readonly string[]): string {
  const content = JSON.stringify(urls)
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 7)
  const url = `/assets/later-files-${hash}.json`
  writeFileSync(join(outDir, url), content)
  return url
}

/** The first script of the page: its name says which build a page is of. */
function firstScript(outDir: string): string {
  const name = /\/(index-[^"'/]+\.js)["']/.exec(readFileSync(join(outDir, 'index.html'), 'utf8'))?.[1]
  if (name === undefined) throw new Error('index.html names no script index, by which the service worker knows it.')
  return name
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
