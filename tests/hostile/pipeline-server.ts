/** Builds the pipeline page and serves it with the headers that ship. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { build } from 'vite'
import { framePlugin } from '../../src/build/frame-plugin.ts'
import { leanPurifyPlugin } from '../../src/build/lean-purify-plugin.ts'
import { policyKind, securityHeaders, type PolicyInputs } from '../../src/build/policy.ts'

export interface PipelineServer {
  readonly url: string
  close(): Promise<void>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/** `without`: paths that lose their headers, as on a badly configured server. `page`: the folder of another page. */
export async function startPipelineServer(
  options: { without?: readonly string[]; page?: string } = {},
): Promise<PipelineServer> {
  const outDir = await mkdtemp(join(tmpdir(), 'postern-pipeline-'))
  const frame = framePlugin()
  await build({
    configFile: false,
    root: options.page ?? join(import.meta.dirname, 'page'),
    logLevel: 'warn',
    publicDir: false,
    plugins: [leanPurifyPlugin(), { ...frame, configResolved: undefined }],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  })
  const { sha256 } = await frame.constants()
  // no PDF is drawn here
  const inputs: PolicyInputs = { frameHash: sha256, pdfHash: sha256, origins: [] }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = pathname === '/' ? '/index.html' : pathname
    const headers = options.without?.includes(path) ? {} : securityHeaders(policyKind(path), inputs)
    readFile(join(outDir, path)).then(
      (body) => response.writeHead(200, { ...headers, 'Content-Type': types[extname(path)] ?? 'text/plain' }).end(body),
      () => response.writeHead(404, headers).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(outDir, { recursive: true, force: true })
    },
  }
}
