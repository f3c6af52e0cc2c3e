/**
 * `npm run package [-- --out DIR --config FILE --no-build]`: from one build, `postern-VERSION.tar.gz` (static files for
 * any web server) and `postern-stalwart.zip` (an application for Stalwart). `--image DIR` lays out the container's files
 * instead; that is the Dockerfile's.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import metadata from '../../package.json' with { type: 'json' }
import { zipFile } from '../ui/thread/tools/zip-file.ts'
import { buildApp, builtDirectory } from './build-app.ts'
import { hostedFiles } from './hosted-files.ts'
import { writeImageFiles } from './image-files.ts'
import { allFiles } from './served-files.ts'
import { tarFile } from './tar-file.ts'

const repository = resolve(import.meta.dirname, '../..')

/** All that a build made but source maps, with the lines for web servers. */
function staticArchive(): Uint8Array {
  const top = `postern-${metadata.version}`
  const paths = allFiles(builtDirectory).filter((path) => !path.endsWith('.map'))
  const entries = paths.map((path) => ({ name: `${top}/${path}`, file: join(builtDirectory, path) }))
  entries.push({ name: `${top}/LICENSE`, file: join(repository, 'LICENSE') })
  return gzipSync(
    tarFile(entries.map(({ name, file }) => ({ name, content: readFileSync(file), modified: statSync(file).mtimeMs }))),
    { level: 9 },
  )
}

async function stalwartArchive(config: string | undefined): Promise<Uint8Array> {
  const files = [...hostedFiles(builtDirectory, config)]
  const entries = files.map(([name, content]) => ({ name, blob: new Blob([new Uint8Array(content)]) }))
  const archive = await zipFile(entries, new AbortController().signal)
  return new Uint8Array(await archive.arrayBuffer())
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'packages' },
      config: { type: 'string' },
      image: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
    },
  })
  if (!values['no-build']) await buildApp()
  if (values.image !== undefined) {
    writeImageFiles(builtDirectory, values.image)
    return
  }
  const config = values.config === undefined ? undefined : readFileSync(values.config, 'utf8')
  mkdirSync(values.out, { recursive: true })
  const made: [name: string, content: Uint8Array][] = [
    [`postern-${metadata.version}.tar.gz`, staticArchive()],
    ['postern-stalwart.zip', await stalwartArchive(config)],
  ]
  for (const [name, content] of made) {
    writeFileSync(join(values.out, name), content)
    console.log(`${join(values.out, name)} (${String(Math.round(content.byteLength / 1000))} kB)`)
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
