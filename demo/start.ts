/** `npm start`: builds the app and serves it (docs: contract.md, "Commands"). Prints one line when it answers. */
import { readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { buildApp } from '../src/build/build-app.ts'
import { serve, serveUpstream, type DemoOptions, type Site } from './http/serve.ts'
import type { FaultRule } from './server/faults.ts'

const usage = `Usage: npm start -- [options]
  --port N         port to listen on; 0 picks a free one (default 8080)
  --host H         address to listen on (default 127.0.0.1)
  --server URL     a real JMAP server behind the same origin, instead of the demo
  --messages N     size of the demo mailbox (default 2000)
  --seed S         content of the demo mailbox (default 1)
  --giants         add conversations of 900 messages, a message of 60 MB, 10,000 mailboxes
  --mail DIR       import the .eml files of a folder into the demo Inbox
  --like NAME      manners of the demo server: plain, stalwart or cyrus
  --faults FILE    fault rules of the demo server, as JSON
  --no-build       serve dist/ as it is`

interface StartOptions {
  readonly upstream: URL | undefined
  readonly isBuilding: boolean
  readonly demo: DemoOptions
}

/** A mistake of the person who typed the command: its sentence is all they need. */
class UsageError extends Error {}

function read(args: readonly string[]): StartOptions {
  const { values } = parse(args)
  const upstream = values.server === undefined ? undefined : serverUrl(values.server)
  const demoOnly = (['messages', 'seed', 'giants', 'mail', 'like', 'faults'] as const).filter(
    (name) => values[name] !== undefined,
  )
  if (upstream !== undefined && demoOnly.length > 0) {
    throw new UsageError(`--${demoOnly.join(', --')} belong to the demo server and cannot be used with --server.`)
  }
  const port = values.port === undefined ? 8080 : integer('port', values.port, 0, 65535)
  const demo: DemoOptions = {
    port,
    host: values.host ?? '127.0.0.1',
    ...(values.messages === undefined ? {} : { messages: integer('messages', values.messages, 0, 2_000_000) }),
    ...(values.seed === undefined ? {} : { seed: integer('seed', values.seed, 0, 0xffffffff) }),
    ...(values.giants === undefined ? {} : { giants: values.giants }),
    ...(values.mail === undefined ? {} : { mail: folder(values.mail) }),
    ...(values.like === undefined ? {} : { like: personality(values.like) }),
    ...(values.faults === undefined ? {} : { faults: faults(values.faults) }),
  }
  return { upstream, isBuilding: values['no-build'] !== true, demo }
}

function parse(args: readonly string[]) {
  const string = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: string,
        host: string,
        server: string,
        messages: string,
        seed: string,
        giants: { type: 'boolean' },
        mail: string,
        like: string,
        faults: string,
        'no-build': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`)
  }
}

function integer(name: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN
  if (!(value >= least && value <= most)) {
    throw new UsageError(`--${name} wants a whole number from ${least} to ${most}, not "${text}".`)
  }
  return value
}

function serverUrl(text: string): URL {
  const url = URL.parse(text)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new UsageError(`--server wants a URL such as https://mail.example.com, not "${text}".`)
  }
  return url
}

function folder(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError(`--mail wants a folder of .eml files; there is no folder "${path}".`)
  }
  return path
}

function personality(name: string): 'plain' | 'stalwart' | 'cyrus' {
  if (name === 'plain' || name === 'stalwart' || name === 'cyrus') return name
  throw new UsageError(`--like knows plain, stalwart and cyrus, not "${name}".`)
}

function faults(path: string): FaultRule[] {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`--faults cannot read ${path}: ${(error as Error).message}`)
  }
  if (!Array.isArray(value)) throw new UsageError(`--faults wants a JSON array of rules in ${path}.`)
  return value as FaultRule[]
}

/** Ends well within the two seconds that are promised, whatever is still open. */
function stopOnSignal(running: { site?: Site }): void {
  let isStopping = false
  const stop = (): void => {
    // a shell signals the whole group, and npm passes the same signal on: the second must not kill what the first ends
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(0), 1500).unref()
    if (running.site === undefined) process.exit(0)
    void running.site.close().finally(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

async function main(): Promise<void> {
  const running: { site?: Site } = {}
  stopOnSignal(running)
  const args = process.argv.slice(2)
  if (args.includes('--help')) {
    console.log(usage)
    return
  }
  const { upstream, isBuilding, demo } = read(args)
  if (isBuilding) await buildApp()
  running.site = upstream === undefined ? await serve(demo) : await serveUpstream(upstream, demo)
  console.log(`Postern: ${running.site.url}`)
}

main().catch((error: unknown) => {
  // a rejected build has been described by vite; ours are sentences, and a stack helps nobody who typed a wrong port
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
