/** Programs that tests stand on: installed from Debian where that can be done, started, waited for, stopped. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/** Undefined when the program is here or could be installed; else the reason, in a line. */
export function whyNoProgram(program: string, debianPackage = program): string | undefined {
  if (isHere(program)) return undefined
  if (process.getuid?.() !== 0) return `${program} is not installed, and installing it needs root`
  if (!isHere('apt-get')) return `${program} is not installed, and this is not Debian`
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update'], { env, stdio: 'ignore' })
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', debianPackage], { env, stdio: 'ignore' })
  return isHere(program) ? undefined : `apt-get could not install ${debianPackage}`
}

export function isHere(program: string): boolean {
  return spawnSync('which', [program], { stdio: 'ignore' }).status === 0
}

export interface RunningProgram {
  readonly url: string
  stop(): Promise<void>
}

/** Runs until `path` of `url` answers at all, or the program ends: then its own words are the error. */
export async function runProgram(
  command: readonly string[],
  { url, path = '/', env = {}, cwd }: { url: string; path?: string; env?: NodeJS.ProcessEnv; cwd?: string },
): Promise<RunningProgram> {
  const [file = '', ...args] = command
  const child = spawn(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  for (let tries = 0; tries < 1000; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${file} ended (${String(child.exitCode)}): ${said}`)
    const isUp = await fetch(url + path).then(
      () => true,
      () => false,
    )
    if (isUp) return { url, stop: () => stop(child, ended) }
    await sleep(10)
  }
  await stop(child, ended)
  throw new Error(`${file} did not answer at ${url}: ${said}`)
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGKILL')
  await ended
}
