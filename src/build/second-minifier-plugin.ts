import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { minify, type MinifyOptions } from 'terser'
import type { Plugin } from 'vite'
import { demandSound } from './sound-script.ts'

/** Only what is safe for any code: reading a property may be the whole point of a statement, so getters are not pure. */
export const safeMinification: MinifyOptions = {
  // A constant on the left of each comparison is what the first minifier did not write: they compress less well. Functions
  // that stand together compress better.
  compress: { passes: 3, lhs_constants: false, hoist_funs: true },
  format: { ecma: 2020 },
}

/** Runs Terser over what Vite's own minifier wrote: together they come to 2 % less than either. */
export function secondMinifierPlugin(): Plugin {
  return {
    name: 'postern:second-minifier',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) return
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk') await minifyFile(join(dir, output.fileName))
      }
    },
  }
}

async function minifyFile(path: string): Promise<void> {
  const [code, map] = await Promise.all([
    readFile(path, 'utf8'),
    readFile(`${path}.map`, 'utf8').catch(() => undefined),
  ])
  const result = await minify(code, {
    ...safeMinification,
    module: true,
    // No comment that names the map: it lies beside the script, and its name would travel with each of them.
    ...(map === undefined ? {} : { sourceMap: { content: map } }),
  })
  if (result.code === undefined) throw new Error(`${path} could not be minified.`)
  demandSound(path, result.code)
  await writeFile(path, result.code)
  if (map !== undefined) await writeFile(`${path}.map`, result.map as string)
}
