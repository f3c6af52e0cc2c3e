/**
 * A private Cyrus IMAP (Debian's package) on 127.0.0.1 as a real JMAP server. Installs it where this runs as root on
 * Debian; elsewhere says in one line why not.
 */
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const here = import.meta.dirname
const PACKAGES = ['cyrus-imapd', 'cyrus-caldav', 'sasl2-bin', 'msmtp-mta']
const NEEDED = [
  '/usr/lib/cyrus/bin/master',
  '/usr/lib/cyrus/bin/httpd',
  '/usr/lib/cyrus/bin/squatter',
  '/usr/sbin/saslpasswd2',
]

export interface CyrusServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** Accounts are `NAME` with the password `NAME-secret`. */
  addUser(name: string): Promise<void>
  stop(): Promise<void>
}

/** Undefined when Cyrus is here or could be installed; else the reason, for the one line that says what was skipped. */
export function whyNoCyrus(): string | undefined {
  if (NEEDED.every((file) => existsSync(file))) return undefined
  if (process.getuid?.() !== 0) return 'Cyrus IMAP is not installed, and installing it needs root'
  if (!existsSync('/usr/bin/apt-get')) return 'Cyrus IMAP is not installed, and this is not Debian'
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update'], { env, stdio: 'ignore' })
  const { status } = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...PACKAGES], {
    env,
    stdio: 'ignore',
  })
  return status === 0 && NEEDED.every((file) => existsSync(file)) ? undefined : 'apt-get could not install cyrus-imapd'
}

/** Where a server of thousands of messages stands: in memory where the system has that. */
export const inMemory = existsSync('/dev/shm') ? '/dev/shm' : undefined

/** Starts an empty server below `parent`; `users` get their INBOX and the usual mailboxes. About one second. */
export async function startCyrus(users: readonly string[] = ['alice', 'bob'], parent = tmpdir()): Promise<CyrusServer> {
  const dir = mkdtempSync(join(parent, 'cyrus-'))
  await run('chmod', ['755', dir])
  const port = await freePortPair()
  const up = async (names: readonly string[]): Promise<void> => {
    await run('bash', [join(here, 'cyrus/cyrus-up'), dir, String(port)], {
      env: { ...process.env, CYRUS_USERS: names.join(' '), CYRUS_SHARE: '0' },
    })
  }
  await up(users)
  return {
    url: `http://127.0.0.1:${String(port)}`,
    addUser: (name) => up([name]),
    stop: async () => {
      await run('bash', [join(here, 'cyrus/cyrus-down'), dir, '--purge'])
    },
  }
}

/** Cyrus listens on PORT (HTTP) and PORT + 1 (IMAP). */
async function freePortPair(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 20_000)
    if ((await isFree(port)) && (await isFree(port + 1))) return port
  }
  throw new Error('no two free ports in a row')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
