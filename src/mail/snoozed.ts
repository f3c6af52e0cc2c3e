/**
 * Until when mail sleeps: a keyword with the minute of the epoch, which counts only in the mailbox of role `snoozed`
 * (ADR 0021). Pure.
 */
import type { Email, Mailbox } from '../jmap/types.ts'

type Keywords = Email['keywords']

/** Short, in lower case, and of the letters that a keyword may have (RFC 8621 §4.1.1). */
const PREFIX = 'postern-until-'
const MINUTE = 60_000
const UNTIL = /^postern-until-(\d{1,10})$/

/** Where mail sleeps: the one of that role; else, on a server that gives it none, the one that Postern made there. */
export function snoozedMailbox(mailboxes: readonly Mailbox[]): Mailbox | undefined {
  return (
    mailboxes.find(({ role }) => role === 'snoozed') ??
    mailboxes.find(({ role, parentId, name }) => !role && parentId === null && name === 'Snoozed')
  )
}

/** True for what another program shows as a word, and that is no label here. */
export function isUntil(keyword: string): boolean {
  return keyword.startsWith(PREFIX)
}

export function untilKeywords(keywords: Keywords): readonly string[] {
  return Object.keys(keywords).filter(isUntil)
}

/** Whole minutes: what is asked for within one comes at its end. */
export function untilKeyword(ms: number): string {
  return PREFIX + String(Math.ceil(ms / MINUTE))
}

/** Milliseconds of the epoch; undefined for mail that nobody put to sleep. Two devices may have said two hours: the later. */
export function sleepsUntil(keywords: Keywords): number | undefined {
  const hours = Object.keys(keywords).flatMap((keyword) => {
    const minutes = UNTIL.exec(keyword)?.[1]
    return minutes === undefined ? [] : [Number(minutes) * MINUTE]
  })
  return hours.length > 0 ? Math.max(...hours) : undefined
}
