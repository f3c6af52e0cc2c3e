/** Makes, changes and deletes mailboxes. What destroys nothing can be taken back. */
import { manageMailboxes as t } from '../i18n/en/manage-mailboxes.ts'
import { mailboxName } from '../i18n/mailbox-name.ts'
import { orderChanges } from '../mail/mailbox-order.ts'
import { withInner } from '../mail/mailbox-rules.ts'
import { hasShownRole, saysSubscribed } from '../mail/mailboxes.ts'
import { createMailbox } from '../mutations/create-mailbox.ts'
import { fileEmails } from '../mutations/file-emails.ts'
import { setMailbox } from '../mutations/set-mailbox.ts'
import { systemRandom, type Random } from '../platform/random.ts'
import type { Mailbox, MailboxId } from '../jmap/types.ts'
import type { MailboxChange, Mutation } from '../mutations/mutation.ts'
import type { Services } from './contexts.ts'
import type { OpenAccount } from './open-account.ts'

export interface ManageInput extends Pick<Services, 'announce' | 'undo'> {
  readonly account: OpenAccount
}

/** Resolves once it is durable, as all of these. */
export async function makeMailbox(
  input: ManageInput,
  wanted: Pick<Mailbox, 'name' | 'parentId'>,
  random: Random = systemRandom,
): Promise<void> {
  const id = `~~${random.uuid().replaceAll('-', '')}` as MailboxId
  await perform(input, [createMailbox(id, wanted)], t.created(wanted.name))
}

export async function renameMailbox(input: ManageInput, mailbox: Mailbox, name: string): Promise<void> {
  await change(input, mailbox, { name }, t.renamed(mailbox.name, name))
}

/** `parent`: undefined is the top. */
export async function moveMailbox(input: ManageInput, mailbox: Mailbox, parent: Mailbox | undefined): Promise<void> {
  const label = parent ? t.moved(mailbox.name, mailboxName(parent)) : t.movedToTop(mailbox.name)
  await change(input, mailbox, { parentId: parent?.id ?? null }, label)
}

/** Among those it stands beside, up or down; nothing at the end of them. */
export async function orderMailbox(input: ManageInput, mailbox: Mailbox, by: 1 | -1): Promise<void> {
  const changes = orderChanges(mailbox.id, await input.account.replica.mailboxes(), by)
  if (changes.length === 0) input.announce(t.stays(mailbox.name))
  const label = (by < 0 ? t.movedUp : t.movedDown)(mailbox.name)
  const mutations = changes.flatMap((one) => setMailbox(one.mailbox, { sortOrder: one.sortOrder }) ?? [])
  await perform(input, mutations, label)
}

/** With what lies in it, which would be the way to it else. It keeps its mail, and is found by a search. */
export async function hideMailbox(input: ManageInput, mailbox: Mailbox): Promise<void> {
  const all = await input.account.replica.mailboxes()
  const inner = withInner(mailbox, all).filter((each) => !hasShownRole(each))
  // Where nobody has ever said what is to be seen, that is said of all the rest now.
  const rest = saysSubscribed(all) ? [] : all.filter(({ id }) => !inner.some((each) => each.id === id))
  const mutations = [
    ...inner.flatMap((each) => setMailbox(each, { isSubscribed: false }) ?? []),
    ...rest.flatMap((each) => setMailbox(each, { isSubscribed: true }) ?? []),
  ]
  await perform(input, mutations, t.hidden(mailbox.name))
}

/** With what lies in it, as it was hidden. */
export async function showMailbox(input: ManageInput, mailbox: Mailbox): Promise<void> {
  const all = withInner(mailbox, await input.account.replica.mailboxes())
  const mutations = all.flatMap((each) => setMailbox(each, { isSubscribed: true }) ?? [])
  await perform(input, mutations, t.shown(mailbox.name))
}

async function change(input: ManageInput, mailbox: Mailbox, patch: MailboxChange, label: string): Promise<void> {
  const mutation = setMailbox(mailbox, patch)
  if (mutation) await perform(input, [mutation], label)
}

async function perform(
  { account, undo, announce }: ManageInput,
  mutations: readonly Mutation[],
  label: string,
): Promise<void> {
  if (mutations.length === 0) return
  await (await undo()).perform(account, mutations, label)
  announce(label)
}

/**
 * Nothing brings it back: who calls it has asked. `all`: what lies in it first, as `withInner` has it. Mail that is known
 * here is seen to move at once; the engine moves what is left of it at the server.
 */
export async function deleteMailboxes(
  { account, announce }: ManageInput,
  all: readonly Mailbox[],
  moveTo: MailboxId | undefined,
): Promise<void> {
  const { replica, port } = account
  for (const { id, name } of all) {
    if (moveTo !== undefined) for (const move of await movesOut(account, id, moveTo)) await replica.appendMutation(move)
    await replica.appendMutation({
      type: 'destroyMailbox',
      mailboxId: id,
      name,
      onDestroyRemoveEmails: moveTo === undefined,
      ...(moveTo !== undefined && { moveTo }),
    })
  }
  port.pokeOutbox()
  announce(t.deleted(all.at(-1)?.name ?? ''))
}

/** More rows than any list keeps here. */
const ALL = 1_000_000

async function movesOut({ replica }: OpenAccount, from: MailboxId, to: MailboxId): Promise<readonly Mutation[]> {
  const query = { mailboxId: from }
  const [above, below, mailboxes] = await Promise.all([
    replica.listWindow(query, 0, ALL),
    replica.islands(query, ALL),
    replica.mailboxes(),
  ])
  const messages = [...above.rows, ...below].flatMap((row) => row.messages)
  return fileEmails({ to }, { messages, from, mailboxes })
}
