import { t } from './text.ts'

export interface NamedMailbox {
  readonly name: string
  readonly role: string | null
}

/** Our word for a mailbox with a role, its own name otherwise. */
export function mailboxName({ role, name }: NamedMailbox): string {
  const { roles } = t.mailbox
  return (role !== null && Object.hasOwn(roles, role) ? roles[role] : undefined) ?? name
}
