/** What the own server's spam filter said: the fields of Stalwart, Rspamd and SpamAssassin, where it wrote them itself. */
import type { HeaderField } from '../../../jmap/types.ts'

export interface SpamScore {
  readonly score: number
  /** Whether the filter itself calls it spam; null where it does not say. */
  readonly isSpam: boolean | null
}

/** `fields`: those of `readTrace`, from the top; what stands below may be the sender's. */
export function spamScore(fields: readonly HeaderField[]): SpamScore | null {
  const first = (name: string): string | undefined =>
    fields.find((field) => field.name.toLowerCase() === name)?.value.slice(0, 500)
  const [status, points] = [first('x-spam-status'), first('x-spam-score')]
  for (const text of [points, status]) {
    const score = /(?:^\s*|score=)(-?\d{1,4}(?:\.\d{1,4})?)\b/i.exec(text ?? '')?.[1]
    if (score !== undefined) return { score: Number(score), isSpam: verdict(points) ?? verdict(status) }
  }
  return null
}

function verdict(text: string | undefined): boolean | null {
  const word = /^\s*(spam|yes|ham|no)\b/i.exec(text ?? '')?.[1]?.toLowerCase()
  return word === undefined ? null : word === 'spam' || word === 'yes'
}
