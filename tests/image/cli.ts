/**
 * `npm run test:image [-- --build-image NAME --runtime-image NAME]`: builds the Dockerfile with buildah, runs what came
 * out as the README says (nobody in particular, nothing to write but /tmp), and looks at what it serves. Without names
 * the bases are made of this machine's programs. Exits 1 when something is not as it must be, 2 when it could not run.
 */
import { spawnSync } from 'node:child_process'
import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runProgram, whyNoProgram } from '../servers/program.ts'
import { buildBase, runtimeBase } from './base.ts'
import { Buildah } from './buildah.ts'

const repository = resolve(import.meta.dirname, '../..')
const IMAGE = 'localhost/postern'
const ADDRESS = 'http://127.0.0.1:8080'
const MAX_BYTES = 3_000_000

const { values } = parseArgs({ options: { 'build-image': { type: 'string' }, 'runtime-image': { type: 'string' } } })

const why =
  process.getuid?.() === 0
    ? (whyNoProgram('buildah') ?? whyNoProgram('caddy') ?? whyNoProgram('wget'))
    : 'buildah without a user namespace needs root'
if (why !== undefined) {
  console.error(`The image could not be built: ${why}`)
  process.exit(2)
}

const buildah = new Buildah()
try {
  const [build, runtime] = bases()
  buildah.build(repository, IMAGE, { BUILD_IMAGE: build, RUNTIME_IMAGE: runtime, POSTERN_COMMIT: 'test' })
  console.log('built')
  checkConfig()
  checkSize()
  await checkRunning()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  buildah.remove()
}

function bases(): readonly [build: string, runtime: string] {
  return [values['build-image'] ?? buildBase(buildah), values['runtime-image'] ?? runtimeBase(buildah)]
}

function checkConfig(): void {
  const { User, ExposedPorts, Entrypoint, Healthcheck } = buildah.config(IMAGE)
  assert.equal(User, '65532:65532')
  assert.deepEqual(Object.keys(ExposedPorts ?? {}), ['8080/tcp'])
  assert.deepEqual(Entrypoint, ['/usr/local/bin/postern'])
  assert.match(Healthcheck?.Test.join(' ') ?? '', /wget .*\/healthz$/)
  console.log('its settings are those of the Dockerfile')
}

function checkSize(): void {
  const bytes = buildah.layers(IMAGE).at(-1) ?? 0
  assert.ok(bytes > 0 && bytes < MAX_BYTES, `the layer has ${String(bytes)} bytes`)
  console.log(`its layer has ${(bytes / 1e6).toFixed(2)} MB`)
}

/** As `docker run --read-only --tmpfs /tmp` does it: buildah's own isolation has no read-only files. */
async function checkRunning(): Promise<void> {
  const root = buildah.mount(IMAGE)
  const script = [
    `mount --bind "$0" "$0"`,
    `mkdir -p "$0/tmp" && mount -t tmpfs tmpfs "$0/tmp"`,
    `mount -o remount,ro,bind "$0"`,
    `exec chroot --userspec=65532:65532 "$0" /usr/local/bin/postern`,
  ].join(' && ')
  const command = ['unshare', '--mount', 'sh', '-c', script, root]
  const wrong = spawnSync(command[0] ?? '', command.slice(1), {
    env: { PATH: process.env['PATH'], POSTERN_SERVERS: 'mail.example.com' },
    encoding: 'utf8',
  })
  assert.equal(wrong.status, 78, wrong.stderr)
  assert.match(wrong.stderr, /POSTERN_SERVERS holds "mail.example.com"/)
  console.log('it refuses a wrong setting')

  const began = performance.now()
  const env = {
    POSTERN_SERVERS: 'https://mail.example.com',
    POSTERN_PRODUCT_NAME: 'Hearth Mail',
    XDG_CONFIG_HOME: '/tmp',
  }
  const running = await runProgram(command, { url: ADDRESS, path: '/healthz', env })
  console.log(`it was healthy after ${((performance.now() - began) / 1000).toFixed(2)} s`)
  try {
    await checkServed()
  } finally {
    await running.stop()
  }
}

async function checkServed(): Promise<void> {
  const page = await fetch(`${ADDRESS}/`)
  assert.equal(page.status, 200)
  const policy = page.headers.get('content-security-policy') ?? ''
  assert.match(policy, /connect-src [^;]*https:\/\/mail\.example\.com/)
  assert.doesNotMatch(policy, /unsafe-(?:inline|eval)/)
  assert.equal(page.headers.get('cache-control'), 'no-cache')
  const script = /src="([^"]+\.js)"/.exec(await page.text())?.[1]
  assert.ok(script, 'the page names no script')
  const packed = await fetch(new URL(script, ADDRESS), { headers: { 'accept-encoding': 'br' } })
  assert.equal(packed.headers.get('content-encoding'), 'br')
  assert.match(packed.headers.get('cache-control') ?? '', /immutable/)
  const config = (await (await fetch(`${ADDRESS}/config.json`)).json()) as Record<string, unknown>
  assert.equal(config['productName'], 'Hearth Mail')
  const lost = await fetch(`${ADDRESS}/assets/lost.js`)
  assert.equal(lost.status, 404)
  assert.equal(lost.headers.get('x-content-type-options'), 'nosniff')
  console.log('it serves page, script, settings and errors as it must, read-only and as 65532')
}
