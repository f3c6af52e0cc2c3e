/** Deleting for ever, which nothing brings back. */
export const erase = {
  /** `what`: "3 conversations". */
  title: (what: string) => `Delete ${what} for ever?`,
  cannotUndo: 'This cannot be undone.',
  kept: 'Messages that stand in another mailbox as well stay there.',
  yes: 'Delete for ever',
  no: 'Cancel',
  erased: (what: string) => `${what} deleted for ever`,
}
