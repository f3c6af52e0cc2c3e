/** What fingers do to rows: the words under a row that is pulled aside, and of a list that is pulled down. */
export const touch = {
  archive: 'Archive',
  read: 'Read',
  unread: 'Unread',
  flag: 'Flag',
  unflag: 'Unflag',
  delete: 'Delete',
  moveTo: 'Move to…',
  snooze: 'Snooze…',
  mute: 'Mute',
  unmute: 'Unmute',
  asking: 'Looking for new mail',
}
