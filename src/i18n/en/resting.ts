/** The words of what stands on the screen while nothing is open and nothing is asked for. */
export const resting = {
  search: {
    label: 'Search all mail',
    clear: 'Clear the search',
    leave: 'Leave the search',
  },
  settings: 'Settings',
  nobodyHome: 'Nobody at the gate',
  allRead: 'Everything is read and put away.',
  chooseOne: 'No conversation is open',
  chooseHow: 'Choose one from the list, or use the keys.',
  chooseOnly: 'Choose one from the list.',
  keyNext: 'next',
  keyOpen: 'open',
  keyInbox: 'Inbox',
}
