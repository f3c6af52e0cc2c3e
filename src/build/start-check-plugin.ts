import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { minify } from 'terser'
import type { Plugin } from 'vite'
import { start } from '../i18n/en/start.ts'

/**
 * Builds `src/app/start-check.js` as it is, for engines that understand nothing newer, and lets the page load it first.
 */
export function startCheckPlugin(source = 'src/app/start-check.js'): Plugin {
  let root = process.cwd()
  let base = '/'
  let built: Promise<{ fileName: string; code: string }> | undefined
  const build = async (): Promise<{ fileName: string; code: string }> => {
    const text = readFileSync(resolve(root, source), 'utf8').replace(
      '= __START_WORDS__',
      () => `= ${JSON.stringify(start)}`,
    )
    const { code } = await minify(text, { ecma: 5, toplevel: true })
    if (code === undefined) throw new Error(`${source} came out empty.`)
    const hash = createHash('sha256').update(code).digest('base64url').slice(0, 7)
    return { fileName: `assets/start-${hash}.js`, code }
  }
  return {
    name: 'postern:start-check',
    apply: 'build',
    configResolved(config) {
      root = config.root
      base = config.base
    },
    buildStart() {
      built = build()
    },
    async generateBundle() {
      const file = await built
      if (file) this.emitFile({ type: 'asset', fileName: file.fileName, source: file.code })
    },
    transformIndexHtml: {
      order: 'post',
      async handler() {
        const file = await built
        return file ? [{ tag: 'script', attrs: { src: base + file.fileName }, injectTo: 'body' as const }] : []
      },
    },
  }
}
