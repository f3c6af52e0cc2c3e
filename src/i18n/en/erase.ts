import { number, one } from '../numbers.ts'

/** Deleting for ever, which nothing brings back. */
export const erase = {
  /** `what`: "3 conversations". */
  title: (what: string) => `Delete ${what} for ever?`,
  cannotUndo: 'This cannot be undone.',
  kept: 'Messages that stand in another mailbox as well stay there.',
  yes: 'Delete for ever',
  no: 'Cancel',
  empty: (mailbox: string) => `Empty ${mailbox}`,
  emptyTitle: (mailbox: string, count: number) =>
    `Delete all ${one(count, 'message', 'messages')} in ${mailbox} for ever?`,
  emptying: (mailbox: string, done: number) =>
    done > 0 ? `Emptying ${mailbox}: ${number(done)} deleted so far` : `Emptying ${mailbox}`,
  stop: 'Stop',
  stopped: (mailbox: string) => `Stopped. What is left is in ${mailbox} again.`,
  tooLate: 'It is too late: all of it is deleted.',
  erased: (what: string) => `${what} deleted for ever`,
}
