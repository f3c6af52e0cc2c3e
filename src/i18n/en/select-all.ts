import { number, one } from '../numbers.ts'

const rows = (count: number, areMessages: boolean): string =>
  areMessages ? one(count, 'message', 'messages') : one(count, 'conversation', 'conversations')

/** The strip under the bar of ticked rows, and what is said of all that a list shows. */
export const selectAll = {
  part: (count: number, total: number, areMessages: boolean, mailbox: string) =>
    `${number(count)} of ${rows(total, areMessages)} in ${mailbox} ${count === 1 ? 'is' : 'are'} selected.`,
  whole: (total: number, areMessages: boolean, mailbox: string, out = 0) =>
    out === 0
      ? `All ${rows(total, areMessages)} in ${mailbox} are selected.`
      : `All ${rows(total, areMessages)} in ${mailbox} but ${number(out)} are selected.`,
  full: 'No more can be left out of all: select by itself what is meant, or narrow the list.',
  select: (total: number) => `Select all ${number(total)}`,
  clear: 'Clear',
  all: (total: number, areMessages: boolean, out = 0) =>
    out === 0 ? `All ${rows(total, areMessages)}` : `${number(total - out)} of ${rows(total, areMessages)}`,
  onlyMarks: 'All that is flagged can be marked. What else is done is done to rows that are ticked.',
  notLabels: 'Labels are put on rows that are ticked, not on all that a list shows.',
  onlyTicked: 'That is done to rows that are ticked, not to all that a list shows.',
  emptyInstead: 'To delete all for ever, empty the mailbox.',
}
