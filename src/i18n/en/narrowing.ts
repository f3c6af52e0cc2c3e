/** What a list may leave out and how it may be ordered: fetched with the first use. */
export const narrowing = {
  menu: 'Filter and sort',
  show: 'Show only',
  writtenTo: 'Written to',
  sortBy: 'Sort by',
  order: 'Order',
  narrowed: 'What the list is narrowed to',
  filters: { unread: 'Unread', flagged: 'Flagged', attachment: 'With attachments' },
  sorts: { receivedAt: 'Date', from: 'Sender', subject: 'Subject', size: 'Size' },
  /** In the order that comes naturally, then the other way round. */
  orders: {
    receivedAt: ['Newest first', 'Oldest first'],
    from: ['A to Z', 'Z to A'],
    subject: ['A to Z', 'Z to A'],
    size: ['Largest first', 'Smallest first'],
  } as const,
  writtenToChip: (address: string) => `Written to ${address}`,
  sortChip: (sort: string, order: string) => `${sort}, ${order.charAt(0).toLowerCase()}${order.slice(1)}`,
  remove: (what: string) => `Remove: ${what}`,
  shown: (count: number, words: string) => `${words} shown: ${String(count)}`,
  emptyFlagged: 'Nothing is flagged. Conversations that you flag are listed here, whatever mailbox they are in.',
  emptyNarrowed: 'Nothing here matches.',
  partial: 'Only what is on this device',
}

/** The way to a day's mail. */
export const goToDate = {
  open: 'Go to date…',
  title: 'Go to date',
  label: 'The first mail on or before',
  go: 'Go',
  cancel: 'Cancel',
  problems: {
    none: 'There is no mail from that day or before it.',
    away: 'Mail from that day is not on this device. It can be reached when you are online.',
    failed: 'The server could not be asked. Try again.',
  },
}
