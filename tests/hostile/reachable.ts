/**
 * A copy of a corpus for WebKit, which refuses port 9 by itself: there the canaries of the mails would prove nothing. They
 * are moved to a port that it does not refuse, in bodies that are encoded as base64, too.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const canary = /127\.0\.0\.1:9(?!\d)/g
/** As long as the other, so that no soft line break is in the wrong place. */
const moved = '127.0.0.1:8'

/** Where the copy lies, and how many mails had something to move. */
export function reachable(corpus: string): { readonly directory: string; readonly changed: number } {
  const directory = mkdtempSync(join(tmpdir(), 'postern-corpus-'))
  cpSync(corpus, directory, { recursive: true })
  let changed = 0
  for (const name of readdirSync(directory, { encoding: 'utf8', recursive: true })) {
    if (!name.toLowerCase().endsWith('.eml')) continue
    const raw = readFileSync(join(directory, name), 'latin1')
    const text = moveCanaries(raw)
    if (text === raw) continue
    writeFileSync(join(directory, name), text, 'latin1')
    changed += 1
  }
  return { directory, changed }
}

/** A head that names base64, and the lines of it that follow. */
const encodedBody = /(^content-transfer-encoding:\s*base64\s*?\r?\n(?:[^\r\n]+\r?\n)*\r?\n)([A-Za-z0-9+/=\r\n]+)/gim

function moveCanaries(raw: string): string {
  return raw.replace(canary, moved).replace(encodedBody, (whole, head: string, body: string) => {
    const text = Buffer.from(body, 'base64').toString('latin1')
    const changed = text.replace(canary, moved)
    if (changed === text) return whole
    const lines = Buffer.from(changed, 'latin1').toString('base64').replace(/.{76}/g, '$&\r\n')
    return `${head}${lines}\r\n${/\n\r?\n$/.test(body) ? '\r\n' : ''}`
  })
}
