/** Gives mailboxes colours, which JMAP has none of: the account's settings hold them, one entry for each (ADR 0023). */
import { colours } from '../i18n/en/colours.ts'
import { manageMailboxes as t } from '../i18n/en/manage-mailboxes.ts'
import { chosenNow } from '../mail/account-settings.ts'
import { isLocalId } from '../mail/list.ts'
import type { LabelColour } from '../mail/labels.ts'
import { hasShownRole } from '../mail/mailboxes.ts'
import { setSettings } from '../mutations/set-settings.ts'
import { readSettings } from './account-settings.svelte.ts'
import { MAILBOXES_SETTING, mailboxSetting } from './mailbox-settings.ts'
import { saveMailboxes } from './save-setting.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import type { ManageInput } from './manage-mailboxes.ts'
import type { Settings } from './settings.svelte.ts'

/** Those with a role have an icon of their own; one that the server has not yet has no name that settings could keep. */
export function mayColour(mailbox: Mailbox): boolean {
  return !hasShownRole(mailbox) && !isLocalId(mailbox.id)
}

/** Undefined: none again. It holds at once, and can be taken back. */
export async function colourMailbox(
  { account, undo, announce }: ManageInput,
  settings: Settings,
  {
    mailbox,
    colour,
  }: { readonly mailbox: Pick<Mailbox, 'name'> & { readonly id: MailboxId }; readonly colour: LabelColour | undefined },
  now: number,
): Promise<void> {
  const name = mailboxSetting(mailbox.id)
  const { entries } = await readSettings(account.replica)
  const value = colour && { colour }
  const label = colour ? t.coloured(mailbox.name, colours.names[colour]) : t.uncoloured(mailbox.name)
  const stored = Object(settings.chosen(account.info.key)[MAILBOXES_SETTING]) as Readonly<Record<string, unknown>>
  saveMailboxes(settings, account.info, { ...stored, [mailbox.id]: value })
  const mutation = setSettings({ [name]: chosenNow(entries[name], value, now) }, { [name]: entries[name] ?? { at: 0 } })
  await (await undo()).perform(account, [mutation], label)
  announce(label)
}
