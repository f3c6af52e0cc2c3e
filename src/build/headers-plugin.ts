import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'
import { parseDeployment, policyOf } from './deployment.ts'
import { metaPolicy, policyKind, securityHeaders, type PolicyInputs } from './policy.ts'
import { caddySnippet, nginxHeaders, nginxMaps } from './proxy-snippets.ts'

/** What `dist/headers.json` says: enough to send the right headers from any server. */
export interface HeaderTable {
  readonly frameHash: string
  readonly pdfHash: string
  /** Security headers by path; `*` is for every other response. */
  readonly headers: Readonly<Record<string, Readonly<Record<string, string>>>>
}

interface Options {
  readonly version: string
  readonly frameHash: () => Promise<string>
  readonly pdfHash: () => Promise<string>
}

/** Marks index.html with its build, gives it its `<meta>` policy, and writes the table of headers. */
export function headersPlugin({ version, frameHash, pdfHash }: Options): Plugin {
  let inputs: () => Promise<PolicyInputs>
  let root = process.cwd()
  return {
    name: 'postern:headers',
    configResolved(config) {
      root = config.root
      inputs = async () => ({
        frameHash: await frameHash(),
        pdfHash: await pdfHash(),
        ...buildPolicy(config.publicDir),
      })
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html, context) {
        const marked = html.replace(
          '<title>',
          `<meta name="postern" content="${version} ${commit(root)}" />\n    <title>`,
        )
        // the dev server's own inline scripts would not pass
        if (context.server !== undefined) return marked
        // after the charset, which a browser looks for in the first kilobyte only; before anything that loads
        const policy = `<meta http-equiv="Content-Security-Policy" content="${metaPolicy('app', await inputs())}" />`
        const guarded = marked.replace('<meta charset="utf-8" />', (charset) => `${charset}\n    ${policy}`)
        if (guarded === marked || marked === html) throw new Error('index.html has lost its charset or its title.')
        return guarded
      },
    },
    async generateBundle() {
      const values = await inputs()
      const paths = ['/', '/index.html', '/reader-open.html', '/parse.html', '/sw.js', '/assets/*.js']
      const headers = Object.fromEntries(paths.map((path) => [path, securityHeaders(policyKind(path), values)]))
      headers['*'] = securityHeaders('other', values)
      const table: HeaderTable = { frameHash: values.frameHash, pdfHash: values.pdfHash, headers }
      this.emitFile({ type: 'asset', fileName: 'headers.json', source: JSON.stringify(table, null, 2) + '\n' })
      const snippets = {
        'headers.caddy': caddySnippet(values),
        'headers.nginx-http.conf': nginxMaps(values),
        'headers.nginx.conf': nginxHeaders(),
      }
      for (const [fileName, source] of Object.entries(snippets)) this.emitFile({ type: 'asset', fileName, source })
    },
  }
}

/** A built index.html for a server that sends the policy as a header, of the settings that it reads when it starts. */
export function withoutMetaPolicy(html: string): string {
  const bare = html.replace(/\s*<meta http-equiv="Content-Security-Policy" content="[^"]*" \/>/, '')
  if (bare === html) throw new Error('index.html has no policy to take out.')
  return bare
}

/** Replaces the `<meta>` policy of a built index.html by that of another deployment. */
export function withOrigins(html: string, inputs: PolicyInputs): string {
  return html.replace(
    /(<meta http-equiv="Content-Security-Policy" content=")[^"]*(")/,
    (_all, before: string, after: string) => before + metaPolicy('app', inputs) + after,
  )
}

/** The commit that is being built; a tarball has none. */
function commit(root: string): string {
  if (process.env.POSTERN_COMMIT !== undefined) return process.env.POSTERN_COMMIT
  try {
    return execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim()
  } catch {
    return 'unknown'
  }
}

function buildPolicy(publicDir: string): ReturnType<typeof policyOf> {
  const path = process.env.POSTERN_CONFIG ?? resolve(publicDir, 'config.json')
  return policyOf(existsSync(path) ? parseDeployment(readFileSync(path, 'utf8')) : {})
}
