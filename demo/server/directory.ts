/** Who there is: users, accounts, who may see what, and where mail for an address goes. */
import type { Clock } from '../../src/platform/clock.ts'
import type { Random } from '../../src/platform/random.ts'
import { Access } from './access.ts'
import type { DemoUser } from './options.ts'
import type { Personality } from './personality.ts'
import { MailAccount } from './store/mail-account.ts'

export interface DirectoryDeps {
  readonly users: readonly DemoUser[]
  readonly personality: Personality
  readonly clock: Clock
  readonly random: Random
  readonly instance?: string | undefined
}

export class Directory {
  readonly hostName = 'mail.example.test'
  readonly #random: Random
  readonly #users = new Map<string, DemoUser>()
  readonly #accounts = new Map<string, MailAccount>()
  readonly #accountOf = new Map<string, MailAccount>()
  readonly #ownerOf = new Map<MailAccount, DemoUser>()
  readonly #passwords = new Map<string, string>()

  constructor(deps: DirectoryDeps) {
    this.#random = deps.random
    for (const [ordinal, user] of deps.users.entries()) {
      const { personality, clock, random } = deps
      const id = personality.accountId(user.username, ordinal) + (deps.instance ?? '')
      const account = new MailAccount({ id, name: user.accountName ?? user.username, personality, clock, random })
      account.side.quotaBytes = user.quotaBytes ?? null
      for (const [index, email] of addressesOf(user).entries()) {
        account.side.identities.set(identityId(personality, user, index), {
          id: identityId(personality, user, index),
          // Stalwart names them after the login (M27).
          name: personality.name === 'stalwart' ? user.username : (user.name ?? user.username),
          email,
          replyTo: null,
          bcc: null,
          textSignature: '',
          htmlSignature: '',
          mayDelete: personality.name === 'stalwart' || index > 0,
        })
        if (personality.name === 'cyrus') break
      }
      this.#users.set(user.username.toLowerCase(), user)
      this.#accounts.set(id, account)
      this.#accountOf.set(user.username, account)
      this.#ownerOf.set(account, user)
      if (user.password !== undefined) this.#passwords.set(user.username, user.password)
    }
  }

  user(username: string): DemoUser | undefined {
    return this.#users.get(username.trim().toLowerCase())
  }

  isPassword(user: DemoUser, password: string): boolean {
    return this.#passwords.get(user.username) === password
  }

  /** Works in Basic, with a second factor too (M4). */
  isAppPassword(user: DemoUser, password: string): boolean {
    return user.appPasswords?.includes(password) ?? false
  }

  setPassword(username: string, password: string): void {
    this.#passwords.set(username, password)
  }

  accounts(): readonly MailAccount[] {
    return [...this.#accounts.values()]
  }

  account(accountId: string): MailAccount | undefined {
    return this.#accounts.get(accountId)
  }

  accountOf(username: string): MailAccount | undefined {
    return this.#accountOf.get(username)
  }

  ownerOf(account: MailAccount): DemoUser | undefined {
    return this.#ownerOf.get(account)
  }

  accessTo(accountId: string, username: string): Access | null {
    const account = this.#accounts.get(accountId)
    const owner = account && this.#ownerOf.get(account)
    if (!owner) return null
    if (owner.username === username) return new Access(account, null)
    const share = owner.shares?.find((candidate) => candidate.with === username)
    return share ? new Access(account, share.mailboxes) : null
  }

  /** All accounts a login sees, its own first. */
  accessesOf(username: string): Access[] {
    return this.accounts()
      .flatMap((account) => this.accessTo(account.id, username) ?? [])
      .sort((a, b) => Number(b.isOwner) - Number(a.isOwner))
  }

  /** Null: nobody here has this address. */
  accountFor(address: string): MailAccount | null {
    const wanted = address.trim().toLowerCase()
    const users = [...this.#users.values()]
    const named = users.find((user) => addressesOf(user).some((own) => own.toLowerCase() === wanted))
    const domain = wanted.slice(wanted.lastIndexOf('@') + 1)
    const found = named ?? users.find((user) => user.catchAll?.toLowerCase() === domain)
    return found ? (this.#accountOf.get(found.username) ?? null) : null
  }

  /** True when mail for the address would be ours to deliver. */
  isLocalDomain(address: string): boolean {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
    return [...this.#users.values()].some(
      (user) =>
        user.catchAll?.toLowerCase() === domain ||
        addressesOf(user).some((own) => own.toLowerCase().endsWith(`@${domain}`)),
    )
  }

  uuid(): string {
    return this.#random.uuid()
  }
}

function addressesOf(user: DemoUser): readonly string[] {
  return user.addresses ?? [user.username]
}

function identityId(personality: Personality, user: DemoUser, index: number): string {
  if (personality.name === 'cyrus') return user.username
  return personality.name === 'stalwart' ? personality.threadId(index, '') : `i${index + 1}`
}
