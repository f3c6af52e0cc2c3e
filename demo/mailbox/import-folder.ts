import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JmapServer } from '../server/jmap-server.ts'
import { demoPeople } from './demo-mailbox.ts'
import { encodeText } from './mime/header-fields.ts'

/**
 * Imports a folder of `.eml` files, with the folders in it, into Mara's Inbox, sorted by path: the first is the newest, a
 * second apart, so that the list shows them in this order. Each gets the header `X-Postern-File` with its path in the
 * folder; nothing else is changed.
 */
export function importFolder(server: JmapServer, folder: string, now: number): void {
  const names = readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((name) => name.toLowerCase().endsWith('.eml'))
    .sort()
  if (names.length === 0) throw new Error(`The folder ${folder} holds no .eml files.`)
  const account = server.accountOf(demoPeople.mara.username)
  account.transact(() => {
    for (const [index, name] of [...names.entries()].reverse()) {
      const head = Buffer.from(`X-Postern-File: ${encodeText(name)}\r\n`)
      const raw = new Uint8Array(Buffer.concat([head, readFileSync(join(folder, name))]))
      account.add(raw, { receivedAt: Math.floor(now / 1000) * 1000 - index * 1000 })
    }
  })
}
