/** The container's files, run as the container runs them but for where they lie and which port they take. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtDirectory } from '../../src/build/build-app.ts'
import { writeImageFiles } from '../../src/build/image-files.ts'
import { freePort } from '../support/free-port.ts'
import { runProgram, type RunningProgram } from '../servers/program.ts'

export type Settings = Readonly<Record<string, string>>

export class ImageFiles {
  readonly directory = mkdtempSync(join(tmpdir(), 'postern-image-'))

  constructor() {
    writeImageFiles(builtDirectory, this.directory)
    this.#replace('etc/caddy/Caddyfile', 'root * /srv/postern', `root * ${this.directory}/srv/postern`)
    this.#replace('usr/local/bin/postern', '/etc/caddy/Caddyfile', `${this.directory}/etc/caddy/Caddyfile`)
  }

  get program(): string {
    return join(this.directory, 'usr/local/bin/postern')
  }

  /** With these settings and no other variable, until it is healthy. */
  async start(settings: Settings, shell: readonly string[] = ['sh']): Promise<RunningProgram> {
    const port = await freePort()
    const caddyfile = join(this.directory, 'etc/caddy/Caddyfile')
    const text = readFileSync(caddyfile, 'utf8')
    writeFileSync(caddyfile, text.replace(/^:\d+ \{$/m, `:${String(port)} {`))
    return runProgram([...shell, this.program], {
      url: `http://127.0.0.1:${String(port)}`,
      path: '/healthz',
      env: { ...settings, XDG_CONFIG_HOME: this.directory, XDG_DATA_HOME: this.directory },
    })
  }

  /** What it says when it refuses to start. */
  refusal(settings: Settings, shell: readonly string[] = ['sh']): { status: number | null; said: string } {
    const [file = 'sh', ...args] = shell
    // without a PATH to a Caddy: what is not refused fails otherwise
    const { status, stderr } = spawnSync(file, [...args, this.program], {
      env: { PATH: '/usr/bin:/bin', ...settings },
      timeout: 5000,
    })
    return { status, said: stderr.toString() }
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }

  #replace(path: string, from: string, to: string): void {
    const file = join(this.directory, path)
    const text = readFileSync(file, 'utf8')
    if (!text.includes(from)) throw new Error(`${path} does not say ${from}.`)
    writeFileSync(file, text.replace(from, to))
  }
}
