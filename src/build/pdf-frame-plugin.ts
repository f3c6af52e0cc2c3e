import { resolve } from 'node:path'
import { build, type Plugin } from 'vite'
import { frameDocument, hashOf } from './frame-plugin.ts'
import { pdfFramePolicy } from './policy.ts'
import { replacePart } from './same-lines.ts'

const moduleId = 'virtual:pdf-frame'
const resolvedId = '\0virtual:pdf-frame'

/** The frame of a PDF as constants: the hash that the policies name, and its srcdoc. */
export interface PdfFrameConstants {
  readonly sha256: string
  readonly document: string
  /** Everything that its script is made of. */
  readonly modules: readonly string[]
}

/**
 * What pdf.js would load from an address while it works, by parts of its own text: the frame has no addresses. The
 * decoders of two kinds of pictures (without WebAssembly, which the policy refuses) are bundled; the rest is not reached.
 */
const parts: Readonly<Record<string, readonly (readonly [part: RegExp, to: string])[]>> = {
  'pdf.mjs': [
    [/await import\(\s*\/\*webpackIgnore: true\*\/\s*\/\*@vite-ignore\*\/\s*this\.workerSrc\)/, '{}'],
    [/URL\.createObjectURL\(new Blob\(\[wrapper\], \{\s*type: "text\/javascript"\s*\}\)\)/, 'src'],
    [/const wrapper = `await import\(.+\);`;/, ''],
  ],
  'pdf.worker.mjs': [
    [
      /await import\(\s*\/\*webpackIgnore: true\*\/\s*\/\*@vite-ignore\*\/\s*`\$\{WasmImage\.#wasmUrl\}\$\{this\._noWasmFilename\}`\)/,
      '{ default: this._noWasmFilename.startsWith("jbig2") ? jbig2Decoder : openjpegDecoder }',
    ],
  ],
}

const decoders =
  'import jbig2Decoder from "pdfjs-dist/wasm/jbig2_nowasm_fallback.js";' +
  'import openjpegDecoder from "pdfjs-dist/wasm/openjpeg_nowasm_fallback.js";'

function withoutAddresses(): Plugin {
  return {
    name: 'postern:pdf-without-addresses',
    enforce: 'pre',
    transform(code, id) {
      const file = /\/pdfjs-dist\/legacy\/build\/(pdf(?:\.worker)?\.mjs)$/.exec(id)?.[1]
      if (file === undefined) return null
      const changed = (parts[file] ?? []).reduce((text, [part, to]) => replacePart('pdf.js', text, part, to), code)
      return { code: file === 'pdf.worker.mjs' ? decoders + changed : changed, map: null }
    },
  }
}

/** One self-contained classic script, and what it is made of. */
async function bundle(root: string, entry: string): Promise<{ code: string; modules: readonly string[] }> {
  const output = await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    plugins: [withoutAddresses()],
    build: {
      write: false,
      minify: true,
      target: ['es2022', 'safari16.4'],
      rolldownOptions: { input: resolve(root, entry), output: { format: 'iife', codeSplitting: false } },
    },
  })
  const [chunk] = 'output' in output ? output.output : Array.isArray(output) ? (output[0]?.output ?? []) : []
  if (chunk?.type !== 'chunk') throw new Error(`${entry} did not bundle to one script.`)
  const code = chunk.code.trim()
  // an HTML parser would end the element at the first of these; and what is fetched would not come
  const refused = /<\/script|<!--|\bimport\(|\beval\(|new Function\(/i.exec(code)?.[0]
  if (refused !== undefined) throw new Error(`The script of the PDF frame holds "${refused}".`)
  return { code, modules: chunk.moduleIds }
}

/** Provides `virtual:pdf-frame`, made when it is first asked for. */
export function pdfFramePlugin(
  entry = 'src/render/pdf/pdf-frame-script.ts',
): Plugin & { constants(): Promise<PdfFrameConstants> } {
  let root = process.cwd()
  let pending: Promise<PdfFrameConstants> | undefined
  const make = async (): Promise<PdfFrameConstants> => {
    const { code, modules } = await bundle(root, entry)
    const sha256 = hashOf(code)
    return { sha256, modules, document: frameDocument(code, pdfFramePolicy(sha256)) }
  }
  const constants = (): Promise<PdfFrameConstants> => (pending ??= make())
  return {
    name: 'postern:pdf-frame',
    constants,
    configResolved(config) {
      root = config.root
    },
    resolveId(id) {
      return id === moduleId ? resolvedId : undefined
    },
    async load(id) {
      if (id !== resolvedId) return undefined
      return `export const frameDocument = ${JSON.stringify((await constants()).document)}`
    },
    handleHotUpdate({ file }) {
      if (file.startsWith(resolve(root, 'src/render/pdf'))) pending = undefined
    },
  }
}
