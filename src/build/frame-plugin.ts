import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { minify } from 'terser'
import { build, type Plugin } from 'vite'
import { framePolicy, metaPolicy } from './policy.ts'
import { safeMinification } from './second-minifier-plugin.ts'

const moduleId = 'virtual:frame'
const resolvedId = '\0virtual:frame'

/** The mail frame as constants: its script, the hash that the policies name, and the srcdoc of design A. */
export interface FrameConstants {
  readonly script: string
  readonly sha256: string
  readonly document: string
}

/** `sha256-…` as a policy names it. */
export function hashOf(script: string): string {
  return 'sha256-' + createHash('sha256').update(script, 'utf8').digest('base64')
}

/** Which content a file has, for who asks for it by an address. */
export function shortHash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 8)
}

/** The whole document of a frame; both designs have the same body and differ in their policy only. */
export function frameDocument(script: string, policy: string): string {
  return (
    '<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">' +
    '<meta http-equiv="x-dns-prefetch-control" content="off">' +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<meta name="viewport" content="width=device-width"></head><body><script>${script}</script></body></html>`
  )
}

/** The page that DOMPurify parses in: it never holds mail in its live document and may load nothing. */
function parseDocument(): string {
  const policy = metaPolicy('parse', { frameHash: '', pdfHash: '', origins: [] })
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>parse</title></head><body></body></html>`
}

/** Bundles the frame script to one self-contained classic script. */
async function bundle(root: string, entry: string): Promise<string> {
  const output = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      minify: true,
      target: ['es2022', 'safari16.4'],
      rolldownOptions: { input: entry, output: { format: 'iife', codeSplitting: false } },
    },
  })
  const [chunk] = 'output' in output ? output.output : Array.isArray(output) ? (output[0]?.output ?? []) : []
  if (chunk?.type !== 'chunk') throw new Error(`${entry} did not bundle to one script.`)
  const { code = '' } = await minify(chunk.code, safeMinification)
  // an HTML parser would end the element at the first of these, inside a string literal too
  if (code === '' || /<\/script|<!--/i.test(code))
    throw new Error(`${entry} is empty or holds a "</script" or "<!--", which cannot be inlined.`)
  return code.trim()
}

/**
 * Provides `virtual:frame` and emits `/reader-open.html` and `/parse.html`. The script's hash goes into the policies
 * (`FramePlugin.constants`), so a frame script that differs from the served header does not run.
 */
export function framePlugin(
  entry = 'src/render/frame/frame-script.ts',
): Plugin & { constants(): Promise<FrameConstants> } {
  let root = process.cwd()
  let isBuild = false
  let pending: Promise<FrameConstants> | undefined
  const make = async (): Promise<FrameConstants> => {
    const path = resolve(root, entry)
    if (!existsSync(path)) throw new Error(`virtual:frame needs ${entry}.`)
    const script = await bundle(root, path)
    const sha256 = hashOf(script)
    return { script, sha256, document: frameDocument(script, framePolicy(sha256)) }
  }
  const constants = (): Promise<FrameConstants> => (pending ??= make())
  return {
    name: 'postern:frame',
    constants,
    configResolved(config) {
      root = config.root
      isBuild = config.command === 'build'
    },
    resolveId(id) {
      return id === moduleId ? resolvedId : undefined
    },
    async load(id) {
      if (id !== resolvedId) return undefined
      return `export const document = ${JSON.stringify((await constants()).document)}`
    },
    handleHotUpdate({ file }) {
      if (file.startsWith(resolve(root, 'src/render/frame'))) pending = undefined
    },
    configureServer(server) {
      // `vite dev` has no emitted files
      server.middlewares.use((request, response, next) => {
        if (request.url === '/parse.html') response.setHeader('Content-Type', 'text/html').end(parseDocument())
        else if (request.url === '/reader-open.html') {
          constants().then((frame) => response.setHeader('Content-Type', 'text/html').end(readerOpen(frame)), next)
        } else next()
      })
    },
    // A host that keeps every file for a year (Stalwart's applications) is asked for these by their content.
    async transform(code, id) {
      if (!isBuild || !/\/src\/render\/[\w-]+\.ts$/.test(id)) return null
      const frame = await constants()
      const pages = { 'parse.html': parseDocument(), 'reader-open.html': readerOpen(frame) }
      const asked = Object.entries(pages).reduce(
        (text, [name, html]) => text.replaceAll(`}/${name}\``, `}/${name}?v=${shortHash(html)}\``),
        code,
      )
      return asked === code ? null : { code: asked, map: null }
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'reader-open.html', source: readerOpen(await constants()) })
      this.emitFile({ type: 'asset', fileName: 'parse.html', source: parseDocument() })
    },
  }
}

function readerOpen({ script, sha256 }: FrameConstants): string {
  return frameDocument(script, metaPolicy('reader-open', { frameHash: sha256, pdfHash: '', origins: [] }))
}
