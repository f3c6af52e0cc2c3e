/** What is said when mail was put away, or could not be. */
import { filing as t } from './en/filing.ts'
import { hourWords } from './hour-words.ts'
import { mailboxName, type NamedMailbox } from './mailbox-name.ts'

/** What was meant: a kind of filing, or a mailbox that was chosen. */
type Meant = string | { readonly isCopy?: boolean } | { readonly until: number }

/** `what`: "2 conversations". */
export function filedWords(filing: Meant, what: string, target: NamedMailbox): string {
  if (filing === 'archive') return t.archived(what)
  if (filing === 'wake') return t.woken(what)
  if (filing === 'mute') return t.muted(what)
  if (filing === 'unmute') return t.unmuted(what)
  const until = untilOf(filing)
  if (until !== undefined) return t.snoozed(what, hourWords(until))
  return (isCopied(filing) ? t.copied : t.moved)(what, mailboxName(target))
}

/** Whether it stays where it was, too. */
function isCopied(filing: Meant): boolean {
  return typeof filing === 'object' && 'isCopy' in filing && filing.isCopy
}

function untilOf(filing: Meant): number | undefined {
  return typeof filing === 'object' && 'until' in filing ? filing.until : undefined
}

/** Why nothing happened. */
export function unfiledWords(
  filing: Meant,
  outcome:
    | { readonly kind: 'nowhere' }
    | { readonly kind: 'nothing'; readonly target: NamedMailbox; readonly isThere: boolean },
): string {
  if (filing === 'wake') return t.notAsleep
  if (outcome.kind === 'nothing') return outcome.isThere ? t.isThere(mailboxName(outcome.target)) : t.forbidden
  if (filing === 'archive' || filing === 'mute') return t.noArchive
  if (untilOf(filing) !== undefined) return t.noSnoozed
  if (filing === 'trash') return t.noTrash
  return filing === 'junk' ? t.noJunk : t.noTarget
}
