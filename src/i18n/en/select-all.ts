import { number, one } from '../numbers.ts'

const rows = (count: number, areMessages: boolean): string =>
  areMessages ? one(count, 'message', 'messages') : one(count, 'conversation', 'conversations')

/** The strip under the bar of ticked rows, and what is said of all that a list shows. */
export const selectAll = {
  part: (count: number, total: number, areMessages: boolean, mailbox: string) =>
    `${number(count)} of ${rows(total, areMessages)} in ${mailbox} ${count === 1 ? 'is' : 'are'} selected.`,
  /** Of a search. */
  foundPart: (count: number, total: number) =>
    `${number(count)} of ${rows(total, false)} found ${count === 1 ? 'is' : 'are'} selected.`,
  foundWhole: (total: number, out = 0) =>
    out === 0
      ? `All ${rows(total, false)} found are selected: what is done is done to the messages that match.`
      : `All ${rows(total, false)} found but ${number(out)} are selected: what is done is done to the messages that match.`,
  /** The server has not said what it finds. */
  unknown: 'What else the server finds is not known here. All can be selected once it has answered.',
  whole: (total: number, areMessages: boolean, mailbox: string, out = 0) =>
    out === 0
      ? `All ${rows(total, areMessages)} in ${mailbox} are selected.`
      : `All ${rows(total, areMessages)} in ${mailbox} but ${number(out)} are selected.`,
  full: 'No more can be left out of all: select by itself what is meant, or narrow the list.',
  select: (total: number) => `Select all ${number(total)}`,
  clear: 'Clear',
  all: (total: number, areMessages: boolean, out = 0) =>
    out === 0 ? `All ${rows(total, areMessages)}` : `${number(total - out)} of ${rows(total, areMessages)}`,
  tooManyToSnooze: (most: number) =>
    `At most ${number(most)} can be snoozed at once, since each is brought back by itself. Narrow the list first.`,
  emptyInstead: 'To delete all for ever, empty the mailbox.',
}
