import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { build } from 'vite'

const repository = resolve(import.meta.dirname, '../..')

/** Where `npm run build` and `npm start` leave the built files. */
export const builtDirectory = resolve(repository, 'dist')

/**
 * Builds into a directory of its own and puts it in place at the end: several `npm start` and tests may run on one
 * checkout, and none may serve half of another's build.
 */
export async function buildApp(target = builtDirectory): Promise<void> {
  const work = resolve(repository, '.tmp', `build-${process.pid}-${Date.now()}`)
  const old = `${work}-old`
  await build({
    root: repository,
    logLevel: 'warn',
    build: { outDir: work, emptyOutDir: true, rolldownOptions: { checks: { bundlerTimings: false } } },
  })
  mkdirSync(dirname(target), { recursive: true })
  try {
    renameSync(target, old)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  renameSync(work, target)
  rmSync(old, { recursive: true, force: true })
}
