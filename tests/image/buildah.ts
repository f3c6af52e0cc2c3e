/** Buildah, with a store of its own that is gone afterwards. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ImageConfig {
  readonly User?: string
  readonly ExposedPorts?: Readonly<Record<string, unknown>>
  readonly Entrypoint?: readonly string[]
  readonly Healthcheck?: { readonly Test: readonly string[] }
}

export class Buildah {
  readonly directory = mkdtempSync(join(tmpdir(), 'postern-buildah-'))

  /** Answers what it prints. Throws with its own words when it fails. */
  run(...args: string[]): string {
    const store = [
      '--storage-driver',
      'vfs',
      '--root',
      join(this.directory, 'root'),
      '--runroot',
      join(this.directory, 'run'),
    ]
    return output('buildah', [...store, ...args])
  }

  /** An image of what `fill` puts into an empty directory; answers its name. */
  commitTree(name: string, fill: (root: string) => void, env: Readonly<Record<string, string>> = {}): string {
    const container = this.run('from', 'scratch').trim()
    fill(this.run('mount', container).trim())
    this.run('umount', container)
    for (const [key, value] of Object.entries(env)) this.run('config', '--env', `${key}=${value}`, container)
    this.run('commit', '--rm', container, name)
    return name
  }

  /** Docker's own format: OCI's has no health check. */
  build(context: string, name: string, args: Readonly<Record<string, string>>): void {
    const given = Object.entries(args).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`])
    const how = ['--isolation', 'chroot', '--format', 'docker', '--pull-never', '--layers=false']
    this.run('build', ...how, ...given, '--tag', name, context)
  }

  config(name: string): ImageConfig {
    const seen = JSON.parse(this.run('inspect', '--type', 'image', name)) as { Docker: { config: ImageConfig } }
    return seen.Docker.config
  }

  /** Its files, in a directory that lives as long as the store. */
  mount(name: string): string {
    return this.run('mount', this.run('from', '--pull-never', name).trim()).trim()
  }

  /** Bytes of each layer as a registry would keep it, the base's first. */
  layers(name: string): readonly number[] {
    const to = join(this.directory, 'pushed')
    this.run('push', '--quiet', name, `dir:${to}`)
    const manifest = JSON.parse(output('cat', [join(to, 'manifest.json')])) as { layers: readonly { size: number }[] }
    return manifest.layers.map((layer) => layer.size)
  }

  remove(): void {
    // Mounts of the driver vfs are plain directories.
    rmSync(this.directory, { recursive: true, force: true })
  }
}

export function output(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64_000_000 })
  if (status === 0) return stdout
  throw new Error(
    `${[program, ...args].join(' ')} failed: ${error?.message ?? (stderr.trim().slice(-2000) || stdout.trim().slice(-2000))}`,
  )
}
