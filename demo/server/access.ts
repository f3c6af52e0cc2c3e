/** What one login may do in one account. Its own: everything. Another's: what the shares say, mailbox by mailbox. */
import type { DemoShare, ShareRights } from './options.ts'
import type { MailAccount } from './store/mail-account.ts'
import type { StoredMailbox } from './store/mailboxes.ts'
import type { StoredEmail } from './store/stored-email.ts'

export class Access {
  readonly account: MailAccount
  readonly isOwner: boolean
  readonly #share: DemoShare['mailboxes'] | null

  constructor(account: MailAccount, share: DemoShare['mailboxes'] | null) {
    this.account = account
    this.isOwner = share === null
    this.#share = share
  }

  /** Null: does not see it. */
  rights(mailbox: StoredMailbox): ShareRights | null {
    if (this.#share === null) return 'write'
    if (typeof this.#share === 'string') return this.#share
    return Object.hasOwn(this.#share, mailbox.name) ? (this.#share[mailbox.name] ?? null) : null
  }

  mayWrite(mailboxId: string): boolean {
    const mailbox = this.account.mailboxes.get(mailboxId)
    return mailbox !== undefined && this.rights(mailbox) === 'write'
  }

  get isReadOnly(): boolean {
    return (
      this.#share !== null && ![...this.account.mailboxes.values()].some((mailbox) => this.rights(mailbox) === 'write')
    )
  }

  mailboxes(): StoredMailbox[] {
    return [...this.account.mailboxes.values()].filter((mailbox) => this.rights(mailbox) !== null)
  }

  sees(email: StoredEmail): boolean {
    if (this.#share === null) return true
    for (const id of email.mailboxIds) {
      const mailbox = this.account.mailboxes.get(id)
      const rights = mailbox && this.rights(mailbox)
      if (rights === 'read' || rights === 'write') return true
    }
    return false
  }

  /** The email of this id if it is there and visible. */
  email(id: string): StoredEmail | undefined {
    const email = this.account.emails.get(id)
    return email && this.sees(email) ? email : undefined
  }

  /** RFC 8621 §2 `myRights`. */
  myRights(mailbox: StoredMailbox): Record<string, boolean> {
    const rights = this.rights(mailbox)
    const write = rights === 'write'
    return {
      mayReadItems: write || rights === 'read',
      mayAddItems: write,
      mayRemoveItems: write,
      maySetSeen: write,
      maySetKeywords: write,
      mayCreateChild: write,
      mayRename: write && this.isOwner,
      mayDelete: write && this.isOwner && mailbox.role !== 'inbox',
      maySubmit: this.isOwner,
    }
  }
}
