/** What a sender's name and address look like and are not: told from them alone. */
import { stripBidi } from '../../../mail/addresses.ts'
import { isForeignTwin, isSameSite } from '../../../render/look-alike.ts'
import { toUnicode } from '../../../render/punycode.ts'
import type { EmailAddress } from '../../../jmap/types.ts'

export type SenderWarning =
  /** The name says another address. */
  | { readonly kind: 'name'; readonly name: string; readonly address: string }
  /** The address is written to look like another; `domain` is how machines write it. */
  | { readonly kind: 'script'; readonly shown: string; readonly domain: string }

export function senderWarning(from: readonly EmailAddress[] | null): SenderWarning | null {
  const sender = from?.[0]
  if (!sender) return null
  const address = stripBidi(sender.email)
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  const shown = toUnicode(domain)
  if (shown.split('.').some(isForeignTwin)) return { kind: 'script', shown, domain: toAscii(domain) }
  const name = stripBidi(sender.name ?? '')
    .normalize('NFKC')
    .replace(INVISIBLE, '')
  const isOther = [...name.matchAll(/[^\s<>()"',;:@]+@([^\s<>()"',;:@]{2,})/gu)].some(
    ([, other = '']) => !isSameSite(other.toLowerCase().replace(/\.$/, ''), domain),
  )
  return isOther ? { kind: 'name', name: name.trim().slice(0, 200).toWellFormed(), address } : null
}

const INVISIBLE = /\p{DI}/gu

function toAscii(domain: string): string {
  try {
    return new URL(`https://${domain}`).hostname
  } catch {
    return domain
  }
}
