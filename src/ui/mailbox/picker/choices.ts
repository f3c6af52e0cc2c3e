/** What a picker of mailboxes offers: in the order of the tree, those used lately first; and which of them a reader who types means. */
import { mailboxName } from '../../../i18n/mailbox-name.ts'
import { mailboxTree, type MailboxNode } from '../../../mail/mailboxes.ts'
import { foldText } from '../../../mail/search-query.ts'
import type { Mailbox, MailboxId } from '../../../jmap/types.ts'

export interface Choice {
  readonly mailbox: Mailbox
  readonly name: string
  /** The names of those it lies in: "House / Insurance". */
  readonly path: string
  /** Counted from 0: how deep it is drawn, where it stands below those it lies in. */
  readonly depth: number
  readonly isLately: boolean
  /** Why it cannot be chosen. */
  readonly whyNot: string | undefined
}

/** `lately`: the newest first. What is among them stands there only. */
export function choicesOf(
  mailboxes: readonly Mailbox[],
  lately: readonly MailboxId[],
  whyNot: (mailbox: Mailbox) => string | undefined,
): readonly Choice[] {
  const tree = mailboxTree(mailboxes)
  const all = listed([...tree.roles, ...tree.own], whyNot)
  const first = lately.flatMap((id) => all.find(({ mailbox }) => mailbox.id === id) ?? [])
  const usable = first.filter((choice) => choice.whyNot === undefined).map((each) => ({ ...each, isLately: true }))
  const used = new Set(usable.map(({ mailbox }) => mailbox.id))
  return [...usable, ...all.filter(({ mailbox }) => !used.has(mailbox.id))]
}

function listed(
  nodes: readonly MailboxNode[],
  whyNot: (mailbox: Mailbox) => string | undefined,
  above: readonly string[] = [],
): readonly Choice[] {
  return nodes.flatMap(({ mailbox, children }) => {
    const name = mailboxName(mailbox)
    const choice: Choice = {
      mailbox,
      name,
      path: above.join(' / '),
      depth: above.length,
      isLately: false,
      whyNot: whyNot(mailbox),
    }
    return [choice, ...listed(children, whyNot, [...above, name])]
  })
}

/**
 * Every word that was typed is somewhere in the name, or in the names of those above it. First what begins with it all,
 * then what has it in its own name, each in the order that it came in.
 */
export function findChoices(choices: readonly Choice[], typed: string): readonly Choice[] {
  const whole = foldText(typed).trim()
  if (whole === '') return choices
  const words = whole.split(/\s+/)
  const ranked = choices.flatMap((choice) => {
    const name = foldText(choice.name)
    const all = `${foldText(choice.path)} ${name}`
    if (!words.every((word) => all.includes(word))) return []
    const rank = name.startsWith(whole) ? 0 : words.every((word) => name.includes(word)) ? 1 : 2
    return [{ choice, rank }]
  })
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ choice }) => choice)
}
