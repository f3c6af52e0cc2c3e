import type { Plugin } from 'vite'
import { sameLines } from './same-lines.ts'
import { notUsed, svelteCuts, type FileCuts } from './svelte-cuts.ts'

const runtime = /\/node_modules\/svelte\/src\/(.+\.js)$/
const ours = /\/src\/(?:app|state|ui)\/.+\.(?:svelte|ts)$/

/**
 * Leaves out of Svelte's runtime what `svelte-cuts.ts` lists. Most of it is guarded by variables so that a bundler may
 * leave it out; here they are constants. A Svelte that no longer reads like this, and a source of ours that uses what
 * was left out, fails the build rather than the app.
 */
export function clientSveltePlugin(): Plugin {
  return {
    name: 'postern:client-svelte',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      const file = runtime.exec(id)?.[1]
      const cuts = file === undefined ? undefined : svelteCuts[file]
      if (file !== undefined && cuts) return { code: cut(file, code, cuts), map: null }
      if (!ours.test(id)) return null
      const used = notUsed.exec(code)?.[0] ?? elseOfEach(code)
      if (used !== undefined) throw new Error(`${id} uses ${used}, which svelte-cuts.ts leaves out.`)
      return null
    },
  }
}

/** An `{:else}` whose innermost open block is an `{#each}`. */
function elseOfEach(code: string): string | undefined {
  const open: string[] = []
  for (const [mark, kind = '', name = ''] of code.matchAll(/\{([#:/])(each|if|key|await|snippet|else)\b/g)) {
    if (kind === '#') open.push(name)
    else if (kind === '/') open.pop()
    else if (name === 'else' && open.at(-1) === 'each') return mark
  }
  return undefined
}

function cut(file: string, code: string, { without = [], replaced = [] }: FileCuts): string {
  let left = code
  for (const head of without) left = replace(file, left, blockOf(file, left, head), '')
  for (const [from, to, times] of replaced) left = replace(file, left, from, to, times)
  return left
}

/** From its first line to the brace at the same level; of an `if` the `else` branch stays, as a block. */
function blockOf(file: string, code: string, head: string): string {
  const start = code.indexOf(`\n${head}\n`)
  const end = `\n${/^\t*/.exec(head)?.[0] ?? ''}}`
  const last = code.indexOf(end, start)
  if (start < 0 || last < 0) throw new Error(`Svelte's ${file} has no block ${head}.`)
  const after = last + end.length
  return code.slice(start, code.startsWith(' else ', after) ? after + ' else '.length : after)
}

/** Every line that stays keeps its number: the source maps stay right. */
function replace(file: string, code: string, from: string, to: string, times = 1): string {
  if (code.split(from).length !== times + 1) {
    throw new Error(`Svelte's ${file} does not hold ${JSON.stringify(from)} ${String(times)} times.`)
  }
  return code.replaceAll(from, () => sameLines(from, to))
}
