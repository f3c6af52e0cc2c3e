/** A folder of hostile mails with its `index.json`. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime from 'postal-mime'

export interface HostileMail {
  readonly id: string
  readonly file: string
  readonly category: string
  /** Paths of the app that this mail is meant for. */
  readonly actions: readonly string[]
}

export interface ParsedMail extends HostileMail {
  readonly html: string | null
  readonly text: string | null
}

export async function readCorpus(directory: string): Promise<readonly HostileMail[]> {
  const index = JSON.parse(await readFile(join(directory, 'index.json'), 'utf8')) as { mails: HostileMail[] }
  return index.mails
}

/** The bodies, decoded: what a mail server would hand to the app. */
export async function parseMail(directory: string, mail: HostileMail): Promise<ParsedMail> {
  // one mail nests parts by the thousand: postal-mime's guard of 256 is about memory, which a test has
  const { html, text } = await PostalMime.parse(await readFile(join(directory, mail.file)), {
    maxNestingDepth: 100_000,
  })
  return { ...mail, html: html ?? null, text: text ?? null }
}
